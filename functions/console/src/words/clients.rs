//! What the page says by which clients are imported.

use super::{Text, text};

pub(crate) const IMPORT: Text = text("Import clients", "Impor klien");
pub(crate) const FILE: Text = text("CSV file", "Berkas CSV");
pub(crate) const FILE_HINT: Text = text(
    "At most 1,000 rows and 1 MB; the first row names the columns: phone, time_zone, and as there are operator_code, tag, email, first_name, language. Clients are known by their phones: new ones are added, others changed.",
    "Paling banyak 1.000 baris dan 1 MB; baris pertama berisi nama kolom: phone, time_zone, dan bila ada operator_code, tag, email, first_name, language. Klien dikenali dari teleponnya: yang baru ditambahkan, yang lain diubah.",
);
pub(crate) const COLUMNS: Text = text("Columns with other names", "Kolom dengan nama lain");
pub(crate) const COLUMNS_HINT: Text = text(
    "What the columns of your file are called, where it is not as above.",
    "Nama kolom di berkas Anda, bila berbeda dari yang di atas.",
);
pub(crate) const TRY: Text = text("Try it first", "Coba dulu");
pub(crate) const NO_FILE: Text = text("Choose a file.", "Pilih berkas.");
pub(crate) const WOULD: Text = text(
    "Nothing is imported yet. This is what would be done:",
    "Belum ada yang diimpor. Inilah yang akan dilakukan:",
);
pub(crate) const DONE: Text = text("The file is imported.", "Berkas sudah diimpor.");
pub(crate) const CREATED: Text = text("New", "Baru");
pub(crate) const CHANGED: Text = text("Changed", "Berubah");
pub(crate) const UNCHANGED: Text = text("As before", "Tetap");
pub(crate) const REFUSED: Text = text("Not imported", "Tidak diimpor");
pub(crate) const REFUSED_ROWS: Text = text("Rows that are not imported", "Baris yang tidak diimpor");
pub(crate) const ROW: Text = text("Row", "Baris");
pub(crate) const WHAT: Text = text("What it says", "Isinya");
pub(crate) const WHY: Text = text("Why", "Sebabnya");
pub(crate) const GO: Text = text("Import it", "Impor");
pub(crate) const OTHER_FILE: Text = text("Another file", "Berkas lain");
pub(crate) const TO_CLIENTS: Text = text("To the clients", "Ke daftar klien");
