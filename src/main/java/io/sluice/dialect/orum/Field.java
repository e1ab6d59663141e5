package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Text;
import io.sluice.dialect.Wanted;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A member of a person, a business or an address that is a text.
 *
 * @param traits what is special about it
 */
record Field(String name, Wanted<String> wanted, Set<Trait> traits) {
  /** What can be special about a member. */
  enum Trait {
    /** It must be there, other than in a PATCH. */
    REQUIRED,
    /** An empty text removes it. */
    REMOVABLE,
    /** A change of it means another verification. */
    VERIFIED,
    /** It is never answered, and only a fingerprint of it is kept. */
    SECRET
  }

  private static final String OTHER_CHARACTERS = " -/:-~\u2019\u00A1-\u00AC\u00AE-\u017F";
  private static final Pattern LATIN = Pattern.compile("[0-9" + OTHER_CHARACTERS + "]*");
  private static final Pattern ALPHA = Pattern.compile("[" + OTHER_CHARACTERS + "]*");

  static Field of(String name, Wanted<String> wanted, Trait... traits) {
    return new Field(name, wanted, Set.of(traits));
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** Letters of Latin scripts, digits and what is printed between them. */
  static Wanted<String> latin(int min, int max) {
    return new Form(LATIN, min, max);
  }

  /** The same, not beginning with a blank. */
  static Wanted<String> latinUnindented(int min, int max) {
    return new Form(Pattern.compile("(?! )" + LATIN), min, max);
  }

  /** The same without digits. */
  static Wanted<String> alpha(int min, int max) {
    return new Form(ALPHA, min, max);
  }

  static Wanted<String> pattern(String regex) {
    return new Form(Pattern.compile(regex), 0, Names.MAX_REFERENCE_CHARS);
  }

  /** A text of some form. */
  private record Form(Pattern pattern, int min, int max) implements Wanted.Own<String> {
    @Override
    public Optional<String> read(JsonNode node) {
      return Optional.ofNullable(node.textValue())
          .filter(text -> Text.length(text) >= min && Text.length(text) <= max)
          .filter(text -> pattern.matcher(text).matches());
    }

    @Override
    public String standIn() {
      return "";
    }
  }

  /**
   * A day that there was or will be, as {@code YYYY-MM-DD}.
   *
   * @param orEmpty whether an empty text will do too
   */
  record Day(int firstYear, int lastYear, boolean orEmpty) implements Wanted.Own<String> {
    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    @Override
    public Optional<String> read(JsonNode node) {
      return Optional.ofNullable(node.textValue())
          .filter(text -> text.isEmpty() ? orEmpty : FORM.matcher(text).matches() && isDay(text));
    }

    private boolean isDay(String text) {
      try {
        int year = LocalDate.parse(text).getYear();
        return year >= firstYear && year <= lastYear;
      } catch (DateTimeException e) {
        return false;
      }
    }

    @Override
    public String standIn() {
      return "";
    }
  }
}
