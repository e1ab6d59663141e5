package io.sluice.dialect.pebble;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Members;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.Wanted;
import java.math.BigInteger;
import java.util.UUID;

/** Reads bodies and parameters; the first thing amiss ends the request. */
final class Reader {
  static final Wanted<String> NAME = new Wanted.Characters(1, Names.MAX_NAME_CHARS);
  static final Wanted<BigInteger> PEBBLES = Wanted.Whole.of(1, 1_000_000);
  static final Wanted<UUID> ID = new Wanted.Id();

  private static final Grammar WORDS =
      (at, found, wanted, flaw) -> {
        String what = at.toString().isEmpty() ? "the body" : at.toString();
        throw new ApiException(
            Errors.malformed(
                what + (flaw == Flaw.MISSING ? " is missing" : " must be " + words(wanted))));
      };

  private Reader() {}

  static Members body(Call call) {
    return Members.of(call, WORDS);
  }

  static Parameters parameters(Call call) {
    return new Parameters(call, WORDS, Parameters.Repeats.REFUSED);
  }

  private static String words(Wanted<?> wanted) {
    return switch (wanted) {
      case Wanted.Characters(int min, int max) -> "a text of " + min + " to " + max + " characters";
      case Wanted.Whole whole -> "a whole number from " + whole.min() + " to " + whole.max();
      case Wanted.Id id -> "a UUID";
      default -> "an object";
    };
  }
}
