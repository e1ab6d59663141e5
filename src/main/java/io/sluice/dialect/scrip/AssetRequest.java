package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.scrip.AssetDetail.Policy;
import io.sluice.dialect.scrip.Reader.Choice;
import io.sluice.dialect.scrip.Reader.Form;
import io.sluice.ledger.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A new asset as a client asks for it, linked to a programme at once. */
record AssetRequest(UUID program, String symbol, boolean lots, int scale, AssetDetail detail) {
  static final String SYMBOL = "symbol";
  static final String MODE = "inventory_mode";
  static final String POLICY = "issuance_policy";
  static final String SCALE = "scale";

  private static final Wanted<String> SYMBOLS =
      new Form(16, Pattern.compile("[A-Za-z0-9]{1,16}"), "1 to 16 letters A to Z and digits");
  private static final Wanted<BigInteger> SCALES =
      new Wanted.Whole(BigInteger.ZERO, BigInteger.valueOf(18), true);
  private static final Wanted<Mode> MODES = new Choice<>(List.of(Mode.values()));
  private static final Wanted<Policy> POLICIES = new Choice<>(List.of(Policy.values()));

  /** How balances are kept. */
  enum Mode {
    SIMPLE,
    LOT
  }

  static AssetRequest read(Reader reader) {
    Members body = reader.body();
    return new AssetRequest(
        body.required("program_id", Reader.ID),
        body.required(SYMBOL, SYMBOLS),
        body.required(MODE, MODES) == Mode.LOT,
        body.required(SCALE, SCALES).intValueExact(),
        new AssetDetail(
            body.required("name", Reader.NAME),
            body.required(POLICY, POLICIES),
            body.optional(AssetDetail.CEILING, Reader.AMOUNT)));
  }

  /**
   * The ceiling.
   *
   * @throws ApiException when it is too fine or too long
   */
  Optional<Amount> ceiling() {
    return ceiling(detail.ceiling(), scale);
  }

  static Optional<Amount> ceiling(Optional<BigDecimal> wanted, int scale) {
    return wanted.flatMap(
        value -> AssetRules.amount(value, scale, () -> AssetDetail.CEILING, AssetRequest::refuse));
  }

  private static void refuse(Supplier<Answer> refusal) {
    throw new ApiException(refusal.get());
  }
}
