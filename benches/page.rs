//! Pages of users with filter, order and exact count, at two sizes: `cargo bench --bench page`.
//!
//! First on the view itself, then over HTTP beside `{ __typename }`, which is what a request costs that
//! asks nothing. Over HTTP the server's own CPU time counts, since the clients share its cores.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "prints what it measures, or stops"
)]

mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use rollbook::bench::{Connection, Neighbours, ServerProcess, Spread, TemporaryFolder, populate};
use rollbook::directory::Directory;
use rollbook_projections::view::{Direction, LicenseFilter, UserFilter, UserOrder, UserQuery, Window};
use rollbook_schema::value::{LicenseType, UserKind};
use serde_json::{Value, json};
use support::{ROUNDS, first_start, folder, is_asked_to_measure, options, print_machine, print_neighbours};

const USERS: [u64; 2] = [10_000, 100_000];
const PAGE_USERS: usize = 50;
const PLACES: [&str; 3] = ["first", "middle", "last"];
/// Pages of a round on the view, and requests of a round over HTTP.
const PAGES: u32 = 500;
const REQUESTS: u32 = 2000;

const NOTHING: &str = "{ __typename }";
const PAGE: &str = "query($first: Int, $after: String, $last: Int) { users(first: $first, after: $after, \
    last: $last, filter: { kind: AGENT, active: true, license: READ_WRITE }, orderBy: { field: DISPLAY_NAME }) \
    { totalCount pageInfo { endCursor hasNextPage } nodes { id displayName email active license } } }";

#[tokio::main]
async fn main() {
    if !is_asked_to_measure() {
        return;
    }
    let folder = folder();
    print_machine(&folder);
    let mut directories = Vec::new();
    for users in USERS {
        let directory = first_start(options(&folder, &users.to_string())).await;
        populate(&directory, users).await.unwrap();
        directories.push(directory);
    }
    let neighbours = Neighbours::watch();
    measure_views(&directories);
    print_neighbours(neighbours.cores(Duration::ZERO));
    for directory in directories {
        directory.close().await.unwrap();
    }
    measure_http(&folder).await;
}

fn measure_views(directories: &[Directory]) {
    let queries: Vec<[UserQuery; 3]> = directories.iter().map(queries).collect();
    let mut micros = vec![[const { Vec::new() }; 3]; directories.len()];
    for _ in 0..ROUNDS {
        for (size, directory) in directories.iter().enumerate() {
            let views = directory.views();
            for (place, query) in queries[size].iter().enumerate() {
                let start = Instant::now();
                for _ in 0..PAGES {
                    let page = views.users.page(std::hint::black_box(query)).unwrap();
                    assert_eq!(page.rows.len(), PAGE_USERS);
                }
                micros[size][place].push(start.elapsed().as_secs_f64() * 1e6 / f64::from(PAGES));
            }
        }
    }
    print("the view alone, µs a page", &micros);
}

fn queries(directory: &Directory) -> [UserQuery; 3] {
    let filter = UserFilter {
        kind: Some(UserKind::Agent),
        active: Some(true),
        license: Some(LicenseFilter::Holds(LicenseType::ReadWrite)),
        ..UserFilter::default()
    };
    let part = |window| UserQuery {
        filter: filter.clone(),
        order: UserOrder::DisplayName,
        direction: Direction::Ascending,
        window,
    };
    let views = directory.views();
    let half = usize::try_from(views.users.count(&filter) / 2).unwrap();
    let middle = views.users.page(&part(Window::After(None, half))).unwrap();
    let middle = middle.rows.last().unwrap().cursor.clone();
    [
        part(Window::After(None, PAGE_USERS)),
        part(Window::After(Some(middle), PAGE_USERS)),
        part(Window::Before(None, PAGE_USERS)),
    ]
}

fn print(title: &str, figures: &[[Vec<f64>; 3]]) {
    println!("\n{title}");
    for (users, places) in USERS.iter().zip(figures) {
        for (name, place) in PLACES.iter().zip(places) {
            let to_first = Spread::ratio(place, &places[0]);
            println!("{users:>7} {name:<7} {:<24} to first {to_first}", Spread::of(place.iter().copied()));
        }
    }
    for (name, place) in PLACES.iter().zip(0..) {
        println!(
            "{name:<7} {} users to {}: {}",
            USERS[1],
            USERS[0],
            Spread::ratio(&figures[1][place], &figures[0][place])
        );
    }
}

/// A server with what is asked of it.
struct Served {
    server: ServerProcess,
    connection: Connection,
    bodies: [String; 4],
}

async fn measure_http(folder: &TemporaryFolder) {
    let mut served = Vec::new();
    for users in USERS {
        served.push(serve(&folder.path().join(users.to_string())).await);
    }
    let mut cpu = vec![[const { Vec::new() }; 3]; served.len()];
    let mut nothing = vec![Vec::new(); served.len()];
    for _ in 0..ROUNDS {
        for (size, served) in served.iter_mut().enumerate() {
            nothing[size].push(cpu_micros(served, 3).await);
            for (place, cpu) in cpu[size].iter_mut().enumerate() {
                cpu.push(cpu_micros(served, place).await);
            }
        }
    }
    print("over HTTP, µs of the server's CPU a page (to 10 ms in a round)", &cpu);
    for (users, (nothing, cpu)) in USERS.iter().zip(nothing.iter().zip(&cpu)) {
        let asked = Spread::of(nothing.iter().copied());
        let ratio = Spread::ratio(&cpu[0], nothing);
        println!("{users:>7} {NOTHING} {asked}; a first page is {ratio} of it");
    }
}

async fn cpu_micros(served: &mut Served, body: usize) -> f64 {
    let before = served.server.cpu();
    for _ in 0..REQUESTS {
        let (status, answer) = served.connection.post(served.bodies[body].clone()).await.unwrap();
        assert!(status.is_success() && !answer.is_empty());
    }
    (served.server.cpu() - before).as_secs_f64() * 1e6 / f64::from(REQUESTS)
}

async fn serve(data: &Path) -> Served {
    let server = ServerProcess::start(Path::new(env!("CARGO_BIN_EXE_rollbook")), data).unwrap();
    let token = Connection::sign_in(server.address()).await.unwrap();
    let mut connection = Connection::open(server.address(), Some(token)).await.unwrap();
    let middle = middle(&mut connection).await;
    let page = |variables: Value| json!({ "query": PAGE, "variables": variables }).to_string();
    let bodies = [
        page(json!({ "first": PAGE_USERS })),
        page(json!({ "first": PAGE_USERS, "after": middle })),
        page(json!({ "last": PAGE_USERS })),
        json!({ "query": NOTHING }).to_string(),
    ];
    Served { server, connection, bodies }
}

/// Where the second half of the list begins.
async fn middle(connection: &mut Connection) -> Value {
    let (mut cursor, mut walked) = (Value::Null, 0);
    loop {
        let data = connection.ask("users", PAGE, json!({ "first": 100, "after": cursor })).await.unwrap();
        let page = &data["users"];
        walked += 100;
        cursor = page["pageInfo"]["endCursor"].clone();
        if walked * 2 >= page["totalCount"].as_u64().unwrap() {
            return cursor;
        }
    }
}
