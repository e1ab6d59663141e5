package io.sluice.dialect.isometric;

import io.sluice.dialect.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes quantities. One credit is 1,000 kg; kilograms are the truth, credits are for show. */
final class Kilograms {
  private static final int CREDIT_DECIMALS = 3;

  private Kilograms() {}

  /** {@code {credits, credit_kgs}} as a member of the open object. */
  static JsonWriter write(JsonWriter json, String name, BigInteger kilograms) {
    return json.object(name)
        .number("credits", credits(kilograms))
        .number("credit_kgs", kilograms)
        .end();
  }

  /** Exact, with as few decimals as the value needs: 0 to 3. */
  static BigDecimal credits(BigInteger kilograms) {
    BigDecimal credits = new BigDecimal(kilograms, CREDIT_DECIMALS).stripTrailingZeros();
    return credits.scale() < 0 ? credits.setScale(0) : credits;
  }
}
