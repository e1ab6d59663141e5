package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;

/**
 * What a wallet is to be funded with, or how much of it is to be burned.
 *
 * @param amount more than zero, without zeros at the end
 */
record WalletRequest(UUID program, UUID asset, Optional<String> description, BigDecimal amount) {
  private static final Wanted<String> DESCRIPTION =
      new Wanted.Characters(0, Names.MAX_DESCRIPTION_CHARS);

  static WalletRequest read(Reader reader) {
    Members body = reader.body();
    return new WalletRequest(
        reader.pathId(),
        reader.pathId("assetId"),
        body.optional("description", DESCRIPTION),
        body.required("amount", Reader.AMOUNT));
  }
}
