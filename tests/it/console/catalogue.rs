//! The message catalogue, and the documents that the console trusts.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use apollo_compiler::{ExecutableDocument, Schema};
use rollbook::console::{changing_documents, every_text};

use crate::tidy::root;

fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_text_is_there_in_every_language_with_the_same_places() {
    let texts = every_text();
    assert!(texts.len() > 100, "{}", texts.len());
    for (name, text) in texts {
        assert!(!text.en.trim().is_empty() && !text.de.trim().is_empty(), "{name} says nothing");
        assert_eq!(places(text.en), places(text.de), "{name}");
    }
}

#[test]
fn every_document_of_the_console_fits_the_schema() {
    let sdl = fs::read_to_string(root().join("schema/graphql/rollbook.graphql")).unwrap();
    let schema = Schema::parse_and_validate(sdl, "rollbook.graphql").unwrap();
    let mut documents: Vec<(String, String)> =
        changing_documents().into_iter().map(|text| (text.to_owned(), text.to_owned())).collect();
    let mut folders: Vec<PathBuf> = vec![root().join("src/console")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "graphql") {
                documents.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    for (name, text) in documents {
        let checked = ExecutableDocument::parse_and_validate(&schema, text, "document");
        assert!(checked.is_ok(), "{name}: {:?}", checked.err().map(|error| error.errors.to_string()));
    }
}
