package io.sluice.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Ways to break sealed books, or what they say, and what must be named then. */
final class SealCorruptions {
  /** All that a test of these looks for. */
  static final Set<Invariant> NAMED =
      EnumSet.range(Invariant.SEALED_TRANSFER, Invariant.SEALED_TREE);

  private SealCorruptions() {}

  /**
   * A way.
   *
   * @param sql what to run
   * @param told what an example must hold
   */
  record SealCorruption(
      Invariant named,
      String title,
      Function<WholeBooks, String> sql,
      Function<WholeBooks, String> told) {
    @Override
    public String toString() {
      return named + ": " + title;
    }
  }

  private static SealCorruption broken(
      Invariant named,
      String title,
      Function<WholeBooks, String> sql,
      Function<WholeBooks, String> told) {
    return new SealCorruption(named, title, sql, told);
  }

  static Stream<SealCorruption> all() {
    return Stream.concat(transfers(), blocks());
  }

  private static Stream<SealCorruption> transfers() {
    return Stream.of(
        broken(
            Invariant.SEALED_CONTENT,
            "the text of a transfer is changed",
            books -> "UPDATE transfer SET detail = '{}' WHERE " + Corruption.is(books.funding),
            books -> "position 0: transfer " + books.funding.value()),
        broken(
            Invariant.SEALED_CONTENT,
            "a listed posting is changed",
            books -> "UPDATE listed_posting SET balance = balance + 1 WHERE amount = 40",
            books -> "position 1: transfer " + books.payment.value()),
        broken(
            Invariant.SEALED_CONTENT,
            "a listed posting is removed",
            books -> "DELETE FROM listed_posting WHERE amount = 40",
            books -> "position 1: transfer " + books.payment.value()),
        broken(
            Invariant.SEALED_CONTENT,
            "a lot movement is added to a transfer",
            books ->
                "INSERT INTO lot_movement SELECT 1, %s, gen_random_uuid(), gen_random_uuid(), 1"
                    .formatted(Corruption.text(books.refund.value())),
            books -> "transfer " + books.refund.value()),
        broken(
            Invariant.SEALED_CONTENT,
            "two accounts exchange their numbers",
            books ->
                "UPDATE account SET number = -number; UPDATE account SET number = CASE WHEN "
                    + Corruption.is(books.alice)
                    + " THEN (SELECT -number FROM account WHERE "
                    + Corruption.is(books.bob)
                    + ") WHEN "
                    + Corruption.is(books.bob)
                    + " THEN (SELECT -number FROM account WHERE "
                    + Corruption.is(books.alice)
                    + ") ELSE -number END",
            books -> "transfer " + books.payment.value()),
        broken(
            Invariant.SEALED_TRANSFER,
            "a transfer is removed",
            books -> "DELETE FROM transfer WHERE " + Corruption.is(books.refusal),
            books -> "position 2: transfer " + books.refusal.value() + " is missing"),
        broken(
            Invariant.SEALED_ALL,
            "a transfer is added among others",
            books ->
                "INSERT INTO transfer SELECT (jsonb_populate_record(t, jsonb_build_object('id',"
                    + " '00000000-0000-7000-8000-000000000007', 'key', NULL, 'fingerprint', NULL)))"
                    + ".* FROM transfer t WHERE "
                    + Corruption.is(books.refusal),
            books -> "00000000-0000-7000-8000-000000000007"));
  }

  private static Stream<SealCorruption> blocks() {
    return Stream.of(
        broken(
            Invariant.SEALED_CONTENT,
            "two entries change places",
            books -> "UPDATE sealed_block SET ids[2] = ids[3], ids[3] = ids[2] WHERE number = 0",
            books -> "position 1: transfer " + books.refusal.value()),
        broken(
            Invariant.SEALED_ORDER,
            "two entries change places, which shows in their order too",
            books -> "UPDATE sealed_block SET ids[2] = ids[3], ids[3] = ids[2] WHERE number = 0",
            books -> "block 0"),
        broken(
            Invariant.SEALED_ORDER,
            "a block is removed",
            books -> "DELETE FROM sealed_block WHERE number = 0",
            books -> "block 1"),
        broken(
            Invariant.SEALED_ORDER,
            "two blocks change places",
            books -> "UPDATE sealed_block SET number = 1 - number",
            books -> "block 0"),
        broken(
            Invariant.SEALED_ALL,
            "transfers of a removed block are not sealed",
            books -> "DELETE FROM sealed_block WHERE number = 0",
            books -> books.funding.value().toString()),
        broken(
            Invariant.SEALED_ONCE,
            "a transfer is sealed again",
            books ->
                "INSERT INTO sealed_block SELECT tenant_id, 9, 90, true, sealed_at, ids[2], ids[2],"
                    + " previous, ids[2:2], substring(hashes FOR 32) FROM sealed_block"
                    + " WHERE number = 0",
            books -> books.payment.value() + " is sealed 2 times"),
        broken(
            Invariant.SEALED_HEAD,
            "the last block is removed",
            books -> "DELETE FROM sealed_block WHERE number = 1",
            books -> "in 2 blocks, and there are"),
        broken(
            Invariant.SEALED_HEAD,
            "the head is removed",
            books -> "DELETE FROM sealed_head",
            books -> "the head has 0 entries"),
        broken(
            Invariant.SEALED_HEAD,
            "the head has another hash",
            books -> "UPDATE sealed_head SET last_hash = sha256('')",
            books -> "the head has"),
        broken(
            Invariant.SEALED_TREE,
            "the head has another root",
            books -> "UPDATE sealed_head SET peaks = overlay(peaks PLACING sha256('') FROM 1)",
            books -> "the head, whose root should be"));
  }
}
