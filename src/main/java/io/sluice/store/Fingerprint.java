package io.sluice.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sums over one table in one pass, for all tenants at once, that are equal where the books are
 * whole: sums of hashes of the same values, taken from two sides, with a seed that is new for each
 * run. Where they are equal, what a check would compare row by row is equal too; two sets of
 * different values have equal sums once in 2^60 runs. So only what they leave in doubt needs the
 * checks that sort and join. {@code $seed} stands for the seed, {@code $part} for a range of pages.
 */
enum Fingerprint {
  /**
   * Each posting leads an account from one (sequence, balance) to the next. If those that are
   * reached and those that are left differ only by where accounts begin and end, the postings form
   * one chain for each account, which ends where the account says.
   */
  TRANSFER(
      "transfer",
      "transfer",
      """
      SELECT tenant_id, count(*) AS rows, 2 * count(debit_sequence) AS postings,
             sum(hash_numeric_extended(debit_balance, hashint8extended(debit_sequence, debit)))
               AS debits_reached,
             sum(hash_numeric_extended(debit_balance + amount,
                                       hashint8extended(debit_sequence - 1, debit)))
               AS debits_left,
             sum(hash_numeric_extended(credit_balance, hashint8extended(credit_sequence, credit)))
               AS credits_reached,
             sum(hash_numeric_extended(credit_balance - amount,
                                       hashint8extended(credit_sequence - 1, credit)))
               AS credits_left,
             count(*) FILTER (WHERE debit_sequence IS NOT NULL
                 AND num_nulls(debit, credit, credit_sequence, amount, debit_balance,
                               credit_balance) > 0) AS incomplete,
             count(accounts) AS listing,
             count(*) FILTER (WHERE num_nonnulls(debit_account, credit_account) <> 2
                 OR num_nonnulls(debit_sequence, credit_sequence, amount, debit_balance,
                                 credit_balance) <> CASE status WHEN 1 THEN 0 ELSE 5 END
                 OR amount <= 0 OR accounts IS NOT NULL OR sequences IS NOT NULL) AS unusual
        FROM (SELECT transfer.*, hashint8extended(debit_account, $seed) AS debit,
                     CASE WHEN debit_sequence IS NOT NULL
                          THEN hashint8extended(credit_account, $seed) END AS credit
                FROM transfer WHERE $part OFFSET 0) hashed
       GROUP BY tenant_id
      """),

  /** The same for postings that transfers list. */
  POSTING(
      "posting",
      "listed_posting",
      """
      SELECT tenant_id, count(*) AS rows, count(*) AS listed,
             sum(hash_numeric_extended(balance, hashint8extended(sequence, hashed))) AS reached,
             sum(hash_numeric_extended(balance - amount, hashint8extended(sequence - 1, hashed)))
               AS left
        FROM (SELECT tenant_id, sequence, amount, balance,
                     hashint8extended(account, $seed) AS hashed
                FROM listed_posting WHERE $part OFFSET 0) p
       GROUP BY tenant_id
      """),

  /** Where accounts begin and end, and whether they are all of one asset. */
  ACCOUNT(
      "account",
      "account",
      """
      SELECT tenant_id, count(*) AS rows,
             sum(hash_numeric_extended(balance, hashint8extended(sequence, account))) AS last,
             sum(hash_numeric_extended(0, hashint8extended(0, account))) AS first,
             min(asset) AS least_asset, max(asset) AS greatest_asset
        FROM (SELECT tenant_id, balance, sequence,
                     hashint8extended(number, $seed) AS account,
                     uuid_hash_extended(asset_id, $seed) AS asset
                FROM account WHERE $part OFFSET 0) hashed
       GROUP BY tenant_id
      """);

  /** Pages worth a part of their own: 16 MB. */
  private static final long PAGES_A_PART = 2_048;

  /** So many for each session: the slowest part is then a small share of the whole. */
  private static final int PARTS_A_SESSION = 4;

  private final String table;
  private final String relation;
  private final String sql;

  /**
   * @param table whose rows it counts, but for those that another's {@code postings} counts
   * @param relation where they lie
   */
  Fingerprint(String table, String relation, String sql) {
    this.table = table;
    this.relation = relation;
    this.sql = sql;
  }

  /** The table whose pages are divided. */
  String relation() {
    return relation;
  }

  /** That of a table, if it has one. */
  static Optional<Fingerprint> of(String table) {
    return Arrays.stream(values()).filter(each -> each.table.equals(table)).findFirst();
  }

  /**
   * The statements that read it, each a range of its pages.
   *
   * @param pages how many it has, about: the last range is open
   */
  List<String> statements(long seed, long pages, int sessions) {
    long parts = Math.clamp(pages / PAGES_A_PART, 1, (long) sessions * PARTS_A_SESSION);
    var statements = new ArrayList<String>();
    for (long part = 0; part < parts; part++) {
      String from = "ctid >= '(%d,0)'".formatted(pages * part / parts);
      String to = "ctid < '(%d,0)'".formatted(pages * (part + 1) / parts);
      String range = part + 1 == parts ? from : from + " AND " + to;
      statements.add(
          sql.replace("$seed", "'" + seed + "'::bigint")
              .replace("$part", parts == 1 ? "true" : range));
    }
    return statements;
  }
}
