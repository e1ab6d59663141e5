package io.sluice.store.seal;

/**
 * What an entry of sealed books is made of: everything that is stored of a transfer, as text. It is
 * written by PostgreSQL, so that sealing what another process wrote fetches no more than hashes;
 * what this one has just written, and what is verified, is put into words by {@link EntryBytes}.
 * The page on sealed books tells others how to read it; a test holds that no column is left out.
 */
public final class EntrySql {
  private static final String ACCOUNT =
      "coalesce((SELECT a.id::text FROM account a WHERE a.tenant_id = $1 AND a.number = %1$s),"
          + " '#' || %1$s, '-')";

  private static final String LINE =
      "E'\\n%1$s ' || "
          + ACCOUNT.replace("%1$s", "%2$s")
          + " || ' ' || %3$s || ' ' || %4$s || ' ' || %5$s";

  /**
   * Asked for each posting by itself: a join may be planned, for a table that was small when it was
   * looked at last, so that it compares all with all.
   */
  private static final String LISTED =
      line("listed", "l.account", "l.sequence", ofPosting("amount"), ofPosting("balance"));

  /**
   * The entry of the row {@code t} of {@code transfer}; {@code $1} stands for the tenant. Accounts
   * are named by their ids, which say whose they are. Texts that anybody may choose come with the
   * number of their bytes, so that none can pass itself off as something else.
   */
  public static final String ENTRY =
      """
      'sluice transfer 1'
      || E'\\ntenant ' || t.tenant_id
      || E'\\nid ' || t.id
      || E'\\nkind ' || octet_length(t.kind) || ':' || t.kind
      || E'\\nstatus ' || t.status
      || E'\\ncreated_at ' || to_char(t.created_at AT TIME ZONE 'UTC',
                                     'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
      || E'\\ncredential ' || coalesce(t.credential::text, '-')
      || E'\\nkey ' || coalesce(t.key::text, '-')
      || E'\\nfingerprint ' || coalesce(t.fingerprint::text, '-')
      || CASE WHEN num_nonnulls(t.debit_account, t.credit_account, t.debit_sequence,
                                t.credit_sequence, t.amount, t.debit_balance,
                                t.credit_balance) > 0
              THEN %s
                   || %s
              ELSE '' END
      || CASE WHEN t.accounts IS NULL AND t.sequences IS NULL THEN '' ELSE coalesce((
           SELECT string_agg(%s, '' ORDER BY l.place)
             FROM unnest(t.accounts, t.sequences)
                    WITH ORDINALITY AS l (account, sequence, place)), '') END
      || coalesce((
           SELECT string_agg(E'\\nlot ' || m.lot_id || ' ' || m.account_id || ' ' || m.amount, ''
                             ORDER BY m.lot_id, m.account_id)
             FROM lot_movement m
            WHERE m.tenant_id = $1 AND m.transfer_id = t.id), '')
      || E'\\ndetail ' || octet_length(t.detail) || ':' || t.detail || E'\\n'
      """
          .formatted(
              line("debit", "t.debit_account", "t.debit_sequence", "-t.amount", "t.debit_balance"),
              line(
                  "credit",
                  "t.credit_account",
                  "t.credit_sequence",
                  "t.amount",
                  "t.credit_balance"),
              LISTED);

  /** The hash of what the entry says. */
  public static final String CONTENT = "sha256(convert_to(" + ENTRY + ", 'UTF8'))";

  private EntrySql() {}

  private static String ofPosting(String column) {
    return "SELECT p."
        + column
        + " FROM listed_posting p WHERE p.tenant_id = $1 AND p.account = l.account"
        + " AND p.sequence = l.sequence AND p.transfer_id = t.id";
  }

  private static String line(
      String name, String account, String sequence, String amount, String balance) {
    return LINE.formatted(name, account, orNone(sequence), orNone(amount), orNone(balance));
  }

  private static String orNone(String value) {
    return "coalesce((" + value + ")::text, '-')";
  }
}
