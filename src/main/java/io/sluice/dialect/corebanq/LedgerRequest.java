package io.sluice.dialect.corebanq;

import io.sluice.dialect.Call;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.corebanq.Ledger.Currency;
import io.sluice.dialect.corebanq.Ledger.Overdraft;
import java.util.List;

/**
 * A well-formed request for a new ledger.
 *
 * @param code what the client calls the ledger
 */
record LedgerRequest(String code, Ledger ledger) {
  private static final int MAX_CODE_CHARS = 100;
  static final Wanted<String> CODE = new Wanted.Characters(1, MAX_CODE_CHARS);
  static final Wanted<String> DESCRIPTION = new Wanted.Characters(1, Names.MAX_DESCRIPTION_CHARS);
  static final Wanted<String> TYPE =
      new Wanted.OneOf(List.of("asset", "equity", "expense", "income", "liability"));
  static final Wanted<String> CURRENCY_CODE = new Kind.CurrencyCode();

  /** Reads a request; throws with everything that is wrong with it. */
  static LedgerRequest read(Caller caller, Call call) {
    return Reader.withBody(call, reader -> read(caller, reader));
  }

  private static LedgerRequest read(Caller caller, Reader reader) {
    String code = reader.required("code", CODE);
    String currency = reader.required("currency_code", CURRENCY_CODE);
    long balance = reader.cents("balance_current", 0);
    // Nothing can be on hold in a ledger that is just being opened.
    if (reader.cents("balance_available", balance) != balance) {
      reader.refuse("balance_available", "must equal balance_current when a ledger is opened");
    }
    Ledger ledger =
        new Ledger(
            reader.required("description", DESCRIPTION),
            reader.required("type", TYPE),
            new Currency(reader.required("currency_id", Reader.ID), currency),
            new Overdraft(
                reader.optional("overdraft_enabled", Reader.FLAG).orElse(false),
                reader.cents("overdraft_limit", 0)),
            balance,
            reader.optional("opening_date", Reader.TIME),
            reader.optional("parent_ledger_id", Reader.ID),
            reader.metadata(),
            caller.user());
    return new LedgerRequest(code, ledger);
  }
}
