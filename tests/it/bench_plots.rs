//! `rollbook bench plots`, in small. Nothing here judges a time.

use crate::cli_program::Place;

#[test]
fn one_command_draws_every_plot() {
    let place = Place::empty();
    let disk = place.folder.path().to_string_lossy().into_owned();
    let small = ["--users", "80", "--events", "800", "--clients", "2", "--requests", "60", "--disk", &disk];
    let ran = place.run(&[&["bench", "plots", "drawn"], &small[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(place.names("drawn"), ["clients.svg", "log.svg", "time.svg", "users.svg"]);
    for file in place.names("drawn") {
        let svg = place.read(&format!("drawn/{file}"));
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{file}");
        assert_eq!(svg.matches("<polyline ").count(), 2, "{file}");
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{file}");
    }
    assert!(ran.out.contains("last third over first"), "{}", ran.out);
    assert_eq!(place.names("."), ["drawn"]);
}
