package io.sluice.dialect.corebanq;

import io.sluice.dialect.Call;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.store.corebanq.EntryList;
import io.sluice.store.corebanq.Slice;
import java.math.BigInteger;
import java.util.UUID;

/** A well-formed request for a list of a ledger's entries. */
record EntrySearch(UUID ledger, EntryList.Filter filter, Slice<EntryList.Sort> slice) {
  private static final Wanted<String> PART = new Wanted.Characters(1, Names.MAX_DESCRIPTION_CHARS);

  /** Reads a request; throws with everything that is wrong with it. */
  static EntrySearch read(Call call) {
    return Reader.withoutBody(call, EntrySearch::read);
  }

  private static EntrySearch read(Reader reader) {
    return new EntrySearch(
        reader.ledger(),
        new EntryList.Filter(
            reader.query("transaction_id", Reader.ID).map(EntrySearch::transaction),
            reader.query("type", EntryRequest.TYPE).map(Names.CREDIT::equals),
            reader.query("min_amount", Reader.CENTS).map(BigInteger::longValueExact),
            reader.query("max_amount", Reader.CENTS).map(BigInteger::longValueExact),
            reader.query("min_timestamp", Reader.TIME),
            reader.query("max_timestamp", Reader.TIME),
            reader.query("description", PART)),
        Page.of(reader, EntryList.Sort.TIMESTAMP));
  }

  private static EntryList.Transaction transaction(UUID id) {
    var key = IdempotencyKey.of(Names.TRANSACTIONS, id.toString(), Digest.start());
    return new EntryList.Transaction(key.digest(), id, Names.OWN_TRANSACTIONS);
  }
}
