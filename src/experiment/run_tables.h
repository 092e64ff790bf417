// The growing tables of one run directory.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/record.h"
#include "base/sha256.h"
#include "files/checkpoint.h"
#include "files/growing_file.h"
#include "files/run_claim.h"
#include "files/run_files.h"

namespace bnrun {

/// One text for each of kTableNames: rows, or what a table begins with.
using TableTexts = std::array<std::string, kTableNames.size()>;
TableTexts table_headers(const Config& config);
/// @param record one with gradient norms and activation ranges.
TableTexts table_rows(const IterationRecord& record, Precision precision);
TableTexts table_rows(const EpochRecord& record);

class RunTables {
  public:
    /// Creates the tables with their headers. Keeps a reference to the claim. Throws WriteError, as all of these do.
    RunTables(const RunClaim& claim, const Config& config);
    /// Cuts back the tables that are there to what is marked; they were checked to have it.
    RunTables(const RunClaim& claim, const Config& config, const std::map<std::string, TableMark>& marks);

    void append(const IterationRecord& record) { append(table_rows(record, precision_)); }
    void append(const EpochRecord& record) { append(table_rows(record)); }

    /// How far they have grown, once they are checked to be there so.
    [[nodiscard]] std::map<std::string, TableMark> marks() const;
    void sync() const;  ///< returns once the disk has what was appended; another thread may append meanwhile
    void close();       ///< once they are checked

  private:
    struct Table {
        const char* name = "";
        std::size_t place = 0;  ///< of its text in TableTexts
        GrowingFile file;
        Sha256 sum;
        std::int64_t bytes = 0;
        void note(const std::string& text);
        void cut(const std::string& path, const TableMark& mark);
    };
    void list_tables(const Config& config);
    void append(const TableTexts& texts);
    void check() const;

    const RunClaim& claim_;
    Precision precision_;
    std::vector<Table> tables_;  ///< those that the config asks for
};

}  // namespace bnrun
