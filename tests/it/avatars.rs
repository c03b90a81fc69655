//! Pictures over HTTP: what is taken, what goes out, who sees it, and what is on the disk.

use std::io::Cursor;

use axum::http::{Method, StatusCode, header};
use http_body_util::Full;
use image::{DynamicImage, ImageFormat};
use serde_json::{Value, json};

use crate::support::http::{Answer, Client};
use crate::support::rollbook::Rollbook;

/// A picture of one colour.
fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = DynamicImage::new_rgb8(width, height);
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A PNG of exactly that many bytes: what follows its end is let pass by readers.
fn padded(length: usize) -> Vec<u8> {
    let mut bytes = picture(4, 4, ImageFormat::Png);
    bytes.resize(length, 0);
    bytes
}

async fn put(client: &Client, user: &str, bytes: Vec<u8>) -> Answer {
    let request = client.request(Method::PUT, &format!("/avatars/{user}"));
    client.send(request.body(Full::from(bytes)).unwrap()).await
}

async fn set(client: &Client, user: &str, bytes: Vec<u8>) -> String {
    let answer = put(client, user, bytes).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()["avatarUrl"].as_str().unwrap().to_owned()
}

fn code(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.json()["errors"][0]["code"].as_str().unwrap().to_owned())
}

async fn url(client: &Client, user: &str) -> Value {
    let document = "query($id: ID!) { user(by: { id: $id }) { avatarUrl } }";
    client.data(document, json!({ "id": user })).await["user"]["avatarUrl"].clone()
}

async fn signed_in(rollbook: &Rollbook, name: &str) -> (String, Client) {
    let id = rollbook.admin.create("AGENT", name).await;
    (id, rollbook.sign_in(name, &format!("password of {name}")).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_12_pro_14_jpeg_gif_and_png_are_taken_by_their_content_and_go_out_as_png() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    for format in [ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Png] {
        let served = ann.get(&set(&ann, &id, picture(9, 5, format)).await).await;
        assert_eq!((served.status, served.header("content-type")), (StatusCode::OK, "image/png"));
        let read = image::load_from_memory_with_format(&served.body, ImageFormat::Png).unwrap();
        assert_eq!((read.width(), read.height()), (9, 5), "sides need not be equal");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_12_everything_else_is_refused_with_the_list_of_what_is_taken() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    let mut broken = picture(9, 9, ImageFormat::Png);
    broken.truncate(40);
    let riff = b"RIFF\x24\0\0\0WEBPVP8 ".to_vec();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec();
    for bytes in [riff, svg, b"BM\x46\0\0\0".to_vec(), broken, b"GIF89a".to_vec(), Vec::new()] {
        let answer = put(&ann, &id, bytes).await;
        assert_eq!(code(&answer), (415, "IMAGE_NOT_SUPPORTED".to_owned()));
        assert!(answer.text().contains("JPEG, GIF or PNG"));
    }
    assert_eq!(url(&ann, &id).await, json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_13_a_picture_has_at_most_1536000_bytes() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    set(&ann, &id, padded(1_536_000)).await;
    let answer = put(&ann, &id, padded(1_536_001)).await;
    assert_eq!(code(&answer), (413, "IMAGE_TOO_LARGE".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_12_a_picture_of_too_many_pixels_is_refused_and_a_large_one_made_smaller() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    let answer = put(&ann, &id, picture(8_193, 1, ImageFormat::Png)).await;
    assert_eq!(code(&answer), (415, "IMAGE_NOT_SUPPORTED".to_owned()));
    // Small in bytes, and large once it is read: 64 million pixels.
    let mut bomb = picture(4, 4, ImageFormat::Gif);
    bomb[6..10].copy_from_slice(&[0x40, 0x1F, 0x40, 0x1F]);
    assert_eq!(code(&put(&ann, &id, bomb).await).0, 415);
    let served = ann.get(&set(&ann, &id, picture(1_024, 512, ImageFormat::Png)).await).await;
    let read = image::load_from_memory(&served.body).unwrap();
    assert_eq!((read.width(), read.height()), (512, 256));
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_12_metadata_stay_behind() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    let mut jpeg = picture(8, 8, ImageFormat::Jpeg);
    // A comment segment right behind the start of the image.
    jpeg.splice(2..2, b"\xFF\xFE\x00\x0Ataken at".iter().copied());
    let served = ann.get(&set(&ann, &id, jpeg).await).await;
    assert!(!served.body.windows(8).any(|window| window == b"taken at"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_16_the_address_changes_with_the_picture_and_is_cacheable() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    let first = set(&ann, &id, picture(3, 3, ImageFormat::Png)).await;
    assert_eq!(url(&ann, &id).await, json!(first));
    let served = ann.get(&first).await;
    let tag = served.header("etag").to_owned();
    assert!(first.ends_with(tag.trim_matches('"')) && served.header("cache-control").starts_with("private"));
    let again = ann.request(Method::GET, &first).header(header::IF_NONE_MATCH, tag);
    let again = ann.send(again.body(Full::default()).unwrap()).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let second = set(&ann, &id, picture(4, 4, ImageFormat::Png)).await;
    assert_ne!(first, second);
    assert_eq!(ann.get(&first).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn pro_16_a_picture_is_seen_by_those_who_see_the_person() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    let (_, bob) = signed_in(&rollbook, "bob").await;
    let address = set(&ann, &id, picture(3, 3, ImageFormat::Png)).await;
    assert_eq!(rollbook.admin.get(&address).await.status, StatusCode::OK);
    assert_eq!(code(&bob.get(&address).await), (404, "NOT_FOUND".to_owned()));
    assert_eq!(code(&rollbook.anonymous().get(&address).await), (401, "UNAUTHENTICATED".to_owned()));
    let strange = format!("/avatars/{}", "0".repeat(64));
    assert_eq!(ann.get(&strange).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ann.get("/avatars/..%2F..%2Fkeyring.master").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn prf_14_one_sets_the_own_picture_and_nobody_elses() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    let (_, bob) = signed_in(&rollbook, "bob").await;
    let bytes = picture(3, 3, ImageFormat::Png);
    assert_eq!(code(&put(&bob, &id, bytes.clone()).await), (403, "FORBIDDEN".to_owned()));
    assert_eq!(code(&put(&rollbook.anonymous(), &id, bytes.clone()).await).0, 401);
    assert_eq!(code(&put(&rollbook.admin, "user_99", bytes.clone()).await).0, 404);
    set(&rollbook.admin, &id, bytes).await;
    let request = ann.request(Method::DELETE, &format!("/avatars/{id}"));
    let answer = ann.send(request.body(Full::default()).unwrap()).await;
    assert_eq!(answer.json()["avatarUrl"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_set_and_removed_through_graphql_too() {
    use base64::Engine as _;
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    let bytes = picture(3, 3, ImageFormat::Gif);
    let image = base64::engine::general_purpose::STANDARD.encode(bytes);
    let input = json!({ "userId": id, "image": image });
    let payload = ann.accept("setAvatar", input, "user { avatarUrl }").await;
    let address = payload["user"]["avatarUrl"].as_str().unwrap().to_owned();
    assert_eq!(ann.get(&address).await.status, StatusCode::OK);
    let wrong = json!({ "userId": id, "image": "not base64!" });
    assert_eq!(ann.refuse("setAvatar", wrong).await, ["INVALID"]);
    let removed = ann.accept("removeAvatar", json!({ "userId": id }), "user { avatarUrl }").await;
    assert_eq!(removed["user"]["avatarUrl"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_sealed_on_the_disk_survives_a_restart_and_goes_when_replaced() {
    let rollbook = Rollbook::start().await;
    let (id, ann) = signed_in(&rollbook, "ann").await;
    set(&ann, &id, picture(3, 3, ImageFormat::Png)).await;
    let address = set(&ann, &id, picture(5, 5, ImageFormat::Png)).await;
    let folder = rollbook.stop().await;
    let files: Vec<_> = std::fs::read_dir(folder.path().join("data/avatars")).unwrap().collect();
    assert_eq!(files.len(), 1, "the file of the picture before is gone");
    let sealed = std::fs::read(files[0].as_ref().unwrap().path()).unwrap();
    assert!(!sealed.windows(4).any(|window| window == b"\x89PNG" || window == b"IHDR"));
    let options = crate::support::rollbook::options(&folder);
    let again = Rollbook::start_with(folder, options).await;
    let served = again.admin.get(&address).await;
    assert_eq!(image::load_from_memory(&served.body).unwrap().width(), 5);
}
