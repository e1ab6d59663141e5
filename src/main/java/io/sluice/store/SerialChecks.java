package io.sluice.store;

/**
 * What a verification asks about lots with serial numbers, as its other statements are: rows of
 * (invariant, example). Which numbers were given out is said by the view {@code issued_serials}:
 * each register counts from 0, and each lot as issued has a range of it. Together with what is
 * asked of split lots it follows that the lots of today have every number that was ever issued, and
 * each of them once.
 */
final class SerialChecks {
  /** Nothing of a register is given out twice or left out. */
  static final String REGISTERS =
      """
      SELECT 'SERIAL_REGISTER' AS invariant,
             format('register %s of %s numbers: lot %s has %s to %s, where the one before ends at'
                    ' %s', register, register_end, lot_id, serial_from, serial_from + amount, before)
               AS example
        FROM (SELECT s.*, lag(serial_from + amount, 1, 0::bigint) OVER ranges AS before,
                     lead(lot_id) OVER ranges IS NULL AS is_last
                FROM issued_serials s
               WHERE tenant_id = $1
              WINDOW ranges AS (PARTITION BY register ORDER BY serial_from, lot_id)) s
       WHERE serial_from <> before OR is_last AND serial_from + amount <> register_end
      """;

  /** Lots as they were issued, and the pieces that they were split into. */
  static final String LOTS =
      """
      SELECT broken.invariant,
             format('lot %s of issue %s: numbers %s to %s of register %s, issuer %s, produced on %s,'
                    ' parent %s with numbers %s to %s', l.id, l.origin_id, l.serial_from,
                    l.serial_from + l.amount, l.register_id, l.issuer_id, l.produced_on,
                    coalesce(up.id::text, 'none'), up.serial_from, up.serial_from + up.amount)
               AS example
        FROM lot l
        LEFT JOIN issued_serials s ON s.tenant_id = $1 AND s.lot_id = l.origin_id
        LEFT JOIN lot up ON up.tenant_id = $1 AND up.id = l.parent_id
       CROSS JOIN LATERAL (VALUES
               ('SERIAL_ISSUE', l.parent_id IS NULL AND s.lot_id IS NOT NULL
                       AND (l.id, l.serial_from, l.amount, l.issuer_id, l.register_id, l.produced_on)
                           IS DISTINCT FROM
                           (s.lot_id, s.serial_from, s.amount, s.issuer_id, s.register,
                            s.produced_on)),
               ('SERIAL_PIECE', l.parent_id IS NOT NULL
                       AND (up.status IS DISTINCT FROM 1
                            OR (up.origin_id, up.issuer_id, up.register_id, up.produced_on)
                               IS DISTINCT FROM
                               (l.origin_id, l.issuer_id, l.register_id, l.produced_on)
                            OR l.serial_from < up.serial_from
                            OR l.serial_from + l.amount > up.serial_from + up.amount)))
               AS broken (invariant, yes)
       WHERE l.tenant_id = $1 AND l.origin_id IS NOT NULL AND broken.yes AND $part{l.id}
      """;

  /** The number of a transfer's posting on an account; the first of several. */
  private static final String SEQUENCE =
      """
      CASE a.number WHEN %1$s.debit_account THEN %1$s.debit_sequence
                    WHEN %1$s.credit_account THEN %1$s.credit_sequence
                    ELSE %1$s.sequences[array_position(%1$s.accounts, a.number)] END
      """;

  /**
   * A lot that is retired whole leaves by a movement; a part leaves with the lot that it was split
   * off, and never had a movement of its own. Whatever moves on has to come back to be retired, so
   * a movement to where it was retired tells that it moved afterwards.
   */
  static final String RETIRED =
      """
      SELECT 'LOT_RETIRED' AS invariant,
             format('lot %%s of %%s on account %%s: retired by transfer %%s, which took %%s of it and'
                    ' %%s of the lot that it is split off; it came by transfer %%s', l.id, l.amount,
                    l.account_id, l.retired_by, coalesce(own.amount, 0), coalesce(whole.amount, 0),
                    coalesce(came.id::text, 'none')) AS example
        FROM lot l
        JOIN account a ON a.tenant_id = $1 AND a.id = l.account_id
        LEFT JOIN transfer r ON r.tenant_id = $1 AND r.id = l.retired_by AND r.status = 0
        LEFT JOIN lot_movement own ON own.tenant_id = $1 AND own.transfer_id = l.retired_by
              AND own.lot_id = l.id AND own.account_id = l.account_id
        LEFT JOIN lot up ON up.tenant_id = $1 AND up.id = l.parent_id AND up.left_child_id = l.id
        LEFT JOIN lot_movement whole ON whole.tenant_id = $1 AND whole.transfer_id = l.retired_by
              AND whole.lot_id = up.id AND whole.account_id = l.account_id
        LEFT JOIN lot_movement m ON m.tenant_id = $1 AND m.lot_id = l.id
              AND m.account_id = l.account_id AND m.amount > 0
        LEFT JOIN transfer came ON came.tenant_id = $1 AND came.id = m.transfer_id
       WHERE l.tenant_id = $1 AND l.status = 2 AND $part{l.id}
         AND (r.id IS NULL
              OR CASE WHEN m.lot_id IS NULL THEN whole.amount IS NULL OR whole.amount <> -up.amount
                      ELSE -l.amount IS DISTINCT FROM own.amount
                           OR %s > %s END)
      """
          .formatted(SEQUENCE.formatted("came"), SEQUENCE.formatted("r"));

  private SerialChecks() {}
}
