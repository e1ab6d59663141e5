package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.Field.Trait.REMOVABLE;
import static io.sluice.dialect.orum.Field.Trait.REQUIRED;
import static io.sluice.dialect.orum.Field.Trait.SECRET;
import static io.sluice.dialect.orum.Field.Trait.VERIFIED;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.Wanted;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the provider wants to know of a person, and of a business, in the order of its tables. */
enum CustomerForm {
  PERSON(
      CustomerKind.PERSON,
      "person",
      "persons",
      "home",
      List.of("email", "phone"),
      List.of(
          Field.of("first_name", Field.alpha(1, 255), REQUIRED, VERIFIED),
          Field.of("last_name", Field.alpha(1, 255), REQUIRED, VERIFIED),
          Field.of("middle_name", Field.alpha(0, 255), REMOVABLE),
          Field.of("date_of_birth", new Field.Day(1900, 2099, false), VERIFIED),
          Field.of(
              "social_security_number",
              Field.pattern("[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{9}"),
              SECRET,
              VERIFIED))),
  BUSINESS(
      CustomerKind.BUSINESS,
      "business",
      "businesses",
      "legal",
      List.of("email", "phone", "website"),
      List.of(
          Field.of("legal_name", Field.latinUnindented(2, 255), REQUIRED, VERIFIED),
          Field.of("business_name", Field.latin(0, Integer.MAX_VALUE), REMOVABLE),
          Field.of("entity_type", orEmpty(entityTypes()), REMOVABLE),
          Field.of("tax_id", Field.pattern("[0-9]{9}"), SECRET, VERIFIED),
          Field.of("tax_id_type", new Wanted.OneOf(List.of("tin", "ein"))),
          Field.of("account_holder_name", Field.latin(0, 255), REMOVABLE),
          Field.of("incorporation_date", new Field.Day(1600, 2099, true), REMOVABLE)));

  /** The members of an address after its type. */
  static final List<Field> ADDRESS =
      List.of(
          Field.of("address1", new Wanted.Characters(1, 255), REQUIRED, VERIFIED),
          Field.of("address2", new Wanted.Characters(0, 255), REMOVABLE),
          Field.of("city", new Wanted.Characters(1, 255), REQUIRED, VERIFIED),
          Field.of("state", Field.pattern("[A-Z]{2}"), REQUIRED, VERIFIED),
          Field.of("country", new Wanted.OneOf(List.of("US")), REQUIRED, VERIFIED),
          Field.of("zip5", Field.pattern("[0-9]{5}"), REQUIRED, VERIFIED));

  private final CustomerKind kind;
  private final String word;
  private final String plural;
  private final String addressType;
  private final List<String> contactTypes;
  private final List<Field> fields;

  CustomerForm(
      CustomerKind kind,
      String word,
      String plural,
      String addressType,
      List<String> contactTypes,
      List<Field> fields) {
    this.kind = kind;
    this.word = word;
    this.plural = plural;
    this.addressType = addressType;
    this.contactTypes = contactTypes;
    this.fields = fields;
  }

  private static List<String> entityTypes() {
    return List.of(
        "sole_proprietorship",
        "partnership",
        "limited_liability_partnership",
        "limited_liability_company",
        "c_corporation",
        "s_corporation",
        "b_corporation",
        "nonprofit_corporation");
  }

  private static Wanted<String> orEmpty(List<String> words) {
    return new Wanted.OneOf(Stream.concat(words.stream(), Stream.of("")).toList());
  }

  CustomerKind kind() {
    return kind;
  }

  /** What one is called in answers, codes and events. */
  String word() {
    return word;
  }

  /** What many are called in paths, scopes and answers. */
  String plural() {
    return plural;
  }

  /** The one type of address that there is. */
  String addressType() {
    return addressType;
  }

  /** What a contact may be; one of each at most. */
  List<String> contactTypes() {
    return contactTypes;
  }

  /** The members that are texts, after the reference id and before the lists. */
  List<Field> fields() {
    return fields;
  }

  /**
   * What lists look for.
   *
   * @param detail as {@link CustomerDetail} stores it
   */
  Customer.Names names(String detail) {
    JsonNode json = Json.parse(detail);
    String last = json.path("last_name").asText("");
    return new Customer.Names(folded(json.get(fields.getFirst().name()).textValue()), folded(last));
  }

  /** How names are compared: without regard to capital letters. */
  static String folded(String name) {
    return name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
