package io.sluice.store.seal;

/**
 * What a verification asks about sealed books, as its other statements are: rows of (invariant,
 * example). Each entry is checked for itself, with the hash that is stored of the one before, so
 * that what was changed is named and nothing that follows.
 */
public final class SealChecks {
  private static final String FIRST = "decode(repeat('00', 32), 'hex')";

  private static final String HASH = "substring(b.hashes FROM (32 * (%s) + 1)::integer FOR 32)";

  private static final String ENTRIES =
      """
      (SELECT u.id, b.number, b.first_position + u.place - 1 AS position,
              %s AS hash,
              CASE WHEN u.place = 1 THEN b.previous ELSE %s END AS before
         FROM (SELECT number, first_position, previous, ids, hashes || ''::bytea AS hashes
                 FROM sealed_block
                WHERE tenant_id = $1 AND $positions
               OFFSET 0) b
        CROSS JOIN LATERAL unnest(b.ids) WITH ORDINALITY AS u (id, place))
      """
          .formatted(HASH.formatted("u.place - 1"), HASH.formatted("u.place - 2"));

  /**
   * Every sealed transfer is there and says what it said. Asked of blocks in which something is not
   * so: {@code $positions} stands for which. Each transfer is looked up by its id.
   */
  public static final String CONTENTS =
      """
      SELECT CASE WHEN t.id IS NULL THEN 'SEALED_TRANSFER' ELSE 'SEALED_CONTENT' END AS invariant,
             format(CASE WHEN t.id IS NULL THEN 'position %%s: transfer %%s is missing'
                         ELSE 'position %%s: transfer %%s is not what was sealed there' END,
                    e.position, e.id) AS example
        FROM %s e
        LEFT JOIN LATERAL (SELECT * FROM transfer
                            WHERE tenant_id = $1 AND id = e.id LIMIT 1) t ON true
       WHERE t.id IS NULL OR sha256(e.before || %s) <> e.hash
      """
          .formatted(ENTRIES, EntrySql.CONTENT);

  /** One block follows the other, in numbers, positions and hashes, and those in order in ids. */
  public static final String ORDER =
      """
      SELECT 'SEALED_ORDER' AS invariant,
             format('block %%s at position %%s, with transfers from %%s to %%s, does not follow'
                    ' block %%s, which ends before position %%s', number, first_position, lowest,
                    highest, coalesce(number_before::text, 'none'), coalesce(end_before, 0))
               AS example
        FROM (SELECT b.*, lag(number) OVER numbers AS number_before,
                     lag(first_position + cardinality(ids)) OVER numbers AS end_before,
                     lag(substring(hashes FROM octet_length(hashes) - 31)) OVER numbers
                       AS hash_before,
                     lag(highest) OVER (PARTITION BY late ORDER BY number) AS ids_before
                FROM sealed_block b
               WHERE tenant_id = $1
              WINDOW numbers AS (ORDER BY number)) b
       WHERE number <> coalesce(number_before + 1, 0)
          OR first_position <> coalesce(end_before, 0)
          OR previous <> coalesce(hash_before, %s)
          OR NOT late AND lowest <= ids_before
          OR lowest <> ids[1] OR highest <> ids[cardinality(ids)]
      """
          .formatted(FIRST);

  /**
   * Within a block, ids ascend. Asked where something is not as it should be, as the contents are.
   */
  public static final String ORDER_WITHIN =
      """
      SELECT 'SEALED_ORDER' AS invariant,
             format('block %s at position %s has transfers from %s to %s in another order',
                    number, first_position, lowest, highest) AS example
        FROM sealed_block
       WHERE tenant_id = $1 AND $positions
         AND EXISTS (SELECT FROM unnest(ids, ids[2:]) AS pair (id, next) WHERE next <= id)
      """;

  /** Nothing was added below the point up to which all are sealed; nothing is sealed twice. */
  public static final String COMPLETE =
      """
      SELECT CASE WHEN s.times IS NULL THEN 'SEALED_ALL' ELSE 'SEALED_ONCE' END AS invariant,
             CASE WHEN s.times IS NULL
                  THEN format('transfer %s is not sealed, and later ones are', t.id)
                  ELSE format('transfer %s is sealed %s times', s.id, s.times) END AS example
        FROM (SELECT id FROM transfer
               WHERE tenant_id = $1 AND $part{id}
                 AND id <= (SELECT looked_to FROM sealed_head WHERE tenant_id = $1)) t
        FULL JOIN (SELECT u.id, count(*) AS times
                     FROM sealed_block b CROSS JOIN LATERAL unnest(b.ids) AS u (id)
                    WHERE b.tenant_id = $1 AND $part{u.id} GROUP BY u.id) s ON s.id = t.id
       WHERE s.times IS NULL OR s.times > 1
      """;

  /** The head is that of the blocks. */
  public static final String HEAD =
      """
      SELECT 'SEALED_HEAD' AS invariant,
             format('the head has %s entries in %s blocks, and there are %s in %s',
                    coalesce(h.size, 0), coalesce(h.blocks, 0), b.size, b.blocks) AS example
        FROM (SELECT coalesce(sum(cardinality(ids)), 0) AS size, count(*) AS blocks
                FROM sealed_block WHERE tenant_id = $1) b
        LEFT JOIN sealed_head h ON h.tenant_id = $1
        LEFT JOIN sealed_block l ON l.tenant_id = $1 AND l.number = h.blocks - 1
       WHERE coalesce(h.size, 0) <> b.size OR coalesce(h.blocks, 0) <> b.blocks
          OR h.last_hash <> coalesce(substring(l.hashes FROM octet_length(l.hashes) - 31), %s)
      """
          .replace("%s)\n", FIRST + ")\n");

  private SealChecks() {}
}
