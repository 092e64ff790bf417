#include "experiment/run_tables.h"

#include "io/table.h"

namespace bnrun {

TableTexts table_headers(std::size_t hidden_layers) {
    return {"",
            "",
            gradients_csv_header(hidden_layers + 1),
            activations_csv_header(hidden_layers),
            iterations_csv_header(),
            epochs_csv_header()};
}

TableTexts table_rows(const IterationRecord& record, Precision precision) {
    return {gradients_text(record),
            activations_text(record),
            gradients_csv(record, precision),
            activations_csv(record, precision),
            iterations_csv(record, precision),
            ""};
}

TableTexts table_rows(const EpochRecord& record) { return {"", "", "", "", "", epochs_csv(record)}; }

void RunTables::Table::note(const std::string& text) {
    sum.add(text);
    bytes += static_cast<std::int64_t>(text.size());
}

RunTables::RunTables(const std::string& directory, std::size_t hidden_layers, Precision precision)
    : precision_(precision) {
    for (std::size_t i = 0; i < tables_.size(); ++i) tables_[i].file = GrowingFile(directory + "/" + kTableNames[i]);
    append(table_headers(hidden_layers));
}

RunTables::RunTables(const std::string& directory, Precision precision, const std::map<std::string, TableMark>& marks)
    : precision_(precision) {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        const std::string path = directory + "/" + kTableNames[i];
        tables_[i].file = GrowingFile::cut(path, marks.at(kTableNames[i]).bytes);
        tables_[i].note(read_whole(path));
    }
}

void RunTables::append(const TableTexts& texts) {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        if (texts[i].empty()) continue;
        tables_[i].file.append(texts[i]);
        tables_[i].note(texts[i]);
    }
}

std::map<std::string, TableMark> RunTables::marks() const {
    std::map<std::string, TableMark> marks;
    for (std::size_t i = 0; i < tables_.size(); ++i) marks[kTableNames[i]] = {tables_[i].bytes, tables_[i].sum.text()};
    return marks;
}

void RunTables::sync() const {
    for (const Table& table : tables_) table.file.sync();
}

void RunTables::close() {
    for (Table& table : tables_) table.file.close();
}

}  // namespace bnrun
