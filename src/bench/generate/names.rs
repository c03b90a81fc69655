//! Names as a company with offices on several continents has them: as they are written, and as they are typed.

use super::super::population::{Person, Seeded};

/// As it is written, and in the letters of an address.
type Name = (&'static str, &'static str);

/// Given names and family names of one script.
struct Script {
    given: [Name; 12],
    family: [Name; 12],
    /// The family name stands first.
    family_first: bool,
    /// Between the two.
    between: &'static str,
}

/// Somebody of a seed: the same for the same number. Names repeat, usernames and emails do not.
pub(super) fn person(seed: u64, number: u64) -> Person {
    let mut seeded = Seeded(seed ^ number.wrapping_mul(0xD1B5_4A32_D192_ED03));
    // Half of them have names in Latin letters.
    let script = match seeded.below(2) {
        0 => &LATIN,
        _ => OTHERS[seeded.below(OTHERS.len())],
    };
    let given = script.given[seeded.below(script.given.len())];
    let family = script.family[seeded.below(script.family.len())];
    let (first, last) = if script.family_first { (family, given) } else { (given, family) };
    // Some have two given names.
    let middle = script.given[seeded.below(script.given.len())];
    let two = seeded.below(4) == 0 && !script.family_first;
    let full_name = match two {
        true => [first.0, middle.0, last.0].join(script.between),
        false => [first.0, last.0].join(script.between),
    };
    let domain = ["example.com", "example.com", "example.org", "mail.example.net"][seeded.below(4)];
    let username = format!("{}.{}.{number}", given.1, family.1);
    Person { email: format!("{username}@{domain}"), username, full_name }
}

/// What somebody does.
pub(super) fn title(seeded: &mut Seeded) -> String {
    let rank = ["Junior", "Senior", "Lead", "Deputy", "Acting", "Regional"][seeded.below(6)];
    let work = [
        "Accountant",
        "Analyst",
        "Buchhalter",
        "Consultant",
        "Engineer",
        "Ingeniera",
        "Менеджер",
        "Planner",
        "Support Agent",
        "Technicienne",
        "工程师",
        "エンジニア",
    ];
    format!("{rank} {}", work[seeded.below(work.len())])
}

/// A number that nobody has: the digits of fiction.
pub(super) fn phone(seeded: &mut Seeded) -> String {
    format!("+1 {} 555 01{:02}", 200 + seeded.below(700), seeded.below(100))
}

const OTHERS: [&Script; 7] = [&CYRILLIC, &GREEK, &ARABIC, &DEVANAGARI, &HAN, &KANA, &HANGUL];

const LATIN: Script = Script {
    given: [
        ("Anna", "anna"),
        ("Béla", "bela"),
        ("Chidi", "chidi"),
        ("Dorothea", "dorothea"),
        ("Emre", "emre"),
        ("Françoise", "francoise"),
        ("Gustav", "gustav"),
        ("João", "joao"),
        ("Lóránt", "lorant"),
        ("Øystein", "oystein"),
        ("Siobhán", "siobhan"),
        ("Željko", "zeljko"),
    ],
    family: [
        ("Abara", "abara"),
        ("Bergström", "bergstrom"),
        ("Castellano", "castellano"),
        ("Dvořák", "dvorak"),
        ("Eriksen", "eriksen"),
        ("García", "garcia"),
        ("Horváth", "horvath"),
        ("Kowalska", "kowalska"),
        ("Müller", "mueller"),
        ("O'Brien", "obrien"),
        ("Şahin", "sahin"),
        ("Nguyễn", "nguyen"),
    ],
    family_first: false,
    between: " ",
};

const CYRILLIC: Script = Script {
    given: [
        ("Анна", "anna"),
        ("Борис", "boris"),
        ("Вера", "vera"),
        ("Григорий", "grigory"),
        ("Дарья", "darya"),
        ("Елена", "elena"),
        ("Зоряна", "zoriana"),
        ("Иван", "ivan"),
        ("Любомир", "liubomyr"),
        ("Мария", "maria"),
        ("Олександр", "oleksandr"),
        ("Тодор", "todor"),
    ],
    family: [
        ("Бондаренко", "bondarenko"),
        ("Виноградова", "vinogradova"),
        ("Георгиев", "georgiev"),
        ("Иванова", "ivanova"),
        ("Ковальчук", "kovalchuk"),
        ("Лебедев", "lebedev"),
        ("Мельник", "melnyk"),
        ("Николов", "nikolov"),
        ("Петров", "petrov"),
        ("Соколова", "sokolova"),
        ("Шевченко", "shevchenko"),
        ("Юрьев", "yuryev"),
    ],
    family_first: false,
    between: " ",
};

const GREEK: Script = Script {
    given: [
        ("Αθηνά", "athina"),
        ("Βασίλης", "vasilis"),
        ("Γεωργία", "georgia"),
        ("Δημήτρης", "dimitris"),
        ("Ελένη", "eleni"),
        ("Θεόδωρος", "theodoros"),
        ("Ιωάννα", "ioanna"),
        ("Κώστας", "kostas"),
        ("Μαρία", "maria"),
        ("Νικόλαος", "nikolaos"),
        ("Σοφία", "sofia"),
        ("Χρήστος", "christos"),
    ],
    family: [
        ("Αγγελόπουλος", "angelopoulos"),
        ("Βλάχος", "vlachos"),
        ("Γεωργίου", "georgiou"),
        ("Δημητρίου", "dimitriou"),
        ("Ιωαννίδης", "ioannidis"),
        ("Καραγιάννη", "karagianni"),
        ("Μακρής", "makris"),
        ("Νικολάου", "nikolaou"),
        ("Παπαδοπούλου", "papadopoulou"),
        ("Σταύρου", "stavrou"),
        ("Τσακίρης", "tsakiris"),
        ("Χατζής", "chatzis"),
    ],
    family_first: false,
    between: " ",
};

const ARABIC: Script = Script {
    given: [
        ("أحمد", "ahmed"),
        ("أمينة", "amina"),
        ("باسم", "basim"),
        ("خديجة", "khadija"),
        ("رانيا", "rania"),
        ("سامي", "sami"),
        ("عائشة", "aisha"),
        ("علي", "ali"),
        ("فاطمة", "fatima"),
        ("محمد", "mohammed"),
        ("نور", "nour"),
        ("يوسف", "youssef"),
    ],
    family: [
        ("الأنصاري", "alansari"),
        ("البغدادي", "albaghdadi"),
        ("الحداد", "alhaddad"),
        ("الخطيب", "alkhatib"),
        ("السيد", "alsayed"),
        ("الشريف", "alsharif"),
        ("العطار", "alattar"),
        ("القاضي", "alqadi"),
        ("المصري", "almasri"),
        ("النجار", "alnajjar"),
        ("حسن", "hassan"),
        ("منصور", "mansour"),
    ],
    family_first: false,
    between: " ",
};

const DEVANAGARI: Script = Script {
    given: [
        ("अनिल", "anil"),
        ("अमृता", "amrita"),
        ("कविता", "kavita"),
        ("दीपक", "deepak"),
        ("नेहा", "neha"),
        ("प्रिया", "priya"),
        ("मीरा", "meera"),
        ("रवि", "ravi"),
        ("राजेश", "rajesh"),
        ("लक्ष्मी", "lakshmi"),
        ("सुनीता", "sunita"),
        ("हरीश", "harish"),
    ],
    family: [
        ("अग्रवाल", "agarwal"),
        ("कुलकर्णी", "kulkarni"),
        ("गुप्ता", "gupta"),
        ("चौधरी", "chaudhary"),
        ("जोशी", "joshi"),
        ("देशपांडे", "deshpande"),
        ("पटेल", "patel"),
        ("भट्ट", "bhatt"),
        ("मिश्रा", "mishra"),
        ("यादव", "yadav"),
        ("शर्मा", "sharma"),
        ("सिंह", "singh"),
    ],
    family_first: false,
    between: " ",
};

const HAN: Script = Script {
    given: [
        ("伟", "wei"),
        ("芳", "fang"),
        ("秀英", "xiuying"),
        ("娜", "na"),
        ("敏", "min"),
        ("静", "jing"),
        ("丽丽", "lili"),
        ("强", "qiang"),
        ("磊", "lei"),
        ("洋", "yang"),
        ("艳红", "yanhong"),
        ("勇", "yong"),
    ],
    family: [
        ("王", "wang"),
        ("李", "li"),
        ("张", "zhang"),
        ("刘", "liu"),
        ("陈", "chen"),
        ("杨", "yang"),
        ("赵", "zhao"),
        ("黄", "huang"),
        ("周", "zhou"),
        ("吴", "wu"),
        ("欧阳", "ouyang"),
        ("司马", "sima"),
    ],
    family_first: true,
    between: "",
};

const KANA: Script = Script {
    given: [
        ("さくら", "sakura"),
        ("ひかり", "hikari"),
        ("陽子", "yoko"),
        ("健太", "kenta"),
        ("大輔", "daisuke"),
        ("美咲", "misaki"),
        ("翔太", "shota"),
        ("ユウキ", "yuki"),
        ("あかね", "akane"),
        ("直樹", "naoki"),
        ("真由美", "mayumi"),
        ("恵", "megumi"),
    ],
    family: [
        ("佐藤", "sato"),
        ("鈴木", "suzuki"),
        ("高橋", "takahashi"),
        ("田中", "tanaka"),
        ("渡辺", "watanabe"),
        ("伊藤", "ito"),
        ("山本", "yamamoto"),
        ("中村", "nakamura"),
        ("小林", "kobayashi"),
        ("加藤", "kato"),
        ("吉田", "yoshida"),
        ("山田", "yamada"),
    ],
    family_first: true,
    between: " ",
};

const HANGUL: Script = Script {
    given: [
        ("민준", "minjun"),
        ("서연", "seoyeon"),
        ("지우", "jiwoo"),
        ("하은", "haeun"),
        ("도윤", "doyun"),
        ("수빈", "subin"),
        ("예준", "yejun"),
        ("지민", "jimin"),
        ("현우", "hyunwoo"),
        ("유진", "yujin"),
        ("성호", "seongho"),
        ("은지", "eunji"),
    ],
    family: [
        ("김", "kim"),
        ("이", "lee"),
        ("박", "park"),
        ("최", "choi"),
        ("정", "jung"),
        ("강", "kang"),
        ("조", "cho"),
        ("윤", "yoon"),
        ("장", "jang"),
        ("임", "lim"),
        ("한", "han"),
        ("남궁", "namgung"),
    ],
    family_first: true,
    between: "",
};
