#include "experiment/run_tables.h"

#include "base/error.h"
#include "files/table.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

/// A table that is gone may have gone with its directory, since that was looked at: then that is what is said.
template <class Work>
void in_directory_of(const RunClaim& claim, const Work& work) {
    claim.check();
    try {
        work();
    } catch (const Error&) {
        claim.check();
        throw;
    }
}

}  // namespace

TableTexts table_headers(const Config& config) {
    const std::size_t hidden_layers = config.hidden_layers();
    return {"",
            "",
            gradients_csv_header(hidden_layers + 1),
            activations_csv_header(hidden_layers),
            iterations_csv_header(),
            epochs_csv_header(config.data.validation_samples > 0),
            layers_csv_header()};
}

TableTexts table_rows(const IterationRecord& record, Precision precision) {
    return {gradients_text(record),
            activations_text(record),
            gradients_csv(record, precision),
            activations_csv(record, precision),
            iterations_csv(record, precision),
            "",
            layers_csv(record, precision)};
}

TableTexts table_rows(const EpochRecord& record) { return {"", "", "", "", "", epochs_csv(record), ""}; }

void RunTables::Table::note(const std::string& text) {
    sum.add(text);
    bytes += static_cast<std::int64_t>(text.size());
}

void RunTables::Table::cut(const std::string& path, const TableMark& mark) {
    file = GrowingFile::cut(path, mark.bytes);
    note(read_whole(path));
    if (sum.text() != mark.sha256) throw WriteError(path + ": was changed while the run began; resume it again");
}

RunTables::RunTables(const RunClaim& claim, const Config& config) : claim_(claim), precision_(config.precision) {
    list_tables(config);
    in_directory_of(claim_, [&] {
        for (Table& table : tables_) table.file = GrowingFile(claim.path_of(table.name));
    });
    append(table_headers(config));
}

RunTables::RunTables(const RunClaim& claim, const Config& config, const std::map<std::string, TableMark>& marks)
    : claim_(claim), precision_(config.precision) {
    list_tables(config);
    in_directory_of(claim_, [&] {
        for (Table& table : tables_) table.cut(claim.path_of(table.name), marks.at(table.name));
    });
}

void RunTables::list_tables(const Config& config) {
    for (std::size_t i = 0; i < kTableNames.size(); ++i) {
        if (!has_table(config, kTableNames[i])) continue;
        tables_.emplace_back();
        tables_.back().name = kTableNames[i];
        tables_.back().place = i;
    }
}

void RunTables::append(const TableTexts& texts) {
    in_directory_of(claim_, [&] {
        for (Table& table : tables_) {
            const std::string& text = texts[table.place];
            if (text.empty()) continue;
            table.file.append(text);
            table.note(text);
        }
    });
}

std::map<std::string, TableMark> RunTables::marks() const {
    check();
    std::map<std::string, TableMark> marks;
    for (const Table& table : tables_) marks[table.name] = {table.bytes, table.sum.text()};
    return marks;
}

void RunTables::sync() const {
    for (const Table& table : tables_) table.file.sync();
}

void RunTables::check() const {
    in_directory_of(claim_, [this] {
        for (const Table& table : tables_) table.file.check();
    });
}

void RunTables::close() {
    check();
    for (Table& table : tables_) table.file.close();
}

}  // namespace bnrun
