package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Place;
import io.sluice.dialect.Wanted;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What is said of a person or a business that does not fit. Codes are made of the member's name;
 * the texts are the provider's where it publishes one.
 *
 * @param patching whether it is a PATCH, for which the provider has a code of its own
 */
record CustomerErrors(CustomerForm form, boolean patching) implements Grammar {
  private static final String CHARACTERS =
      " Accepted values are alphanumeric characters, spaces, hyphens, apostrophes, periods and"
          + " diacritics.";

  private static final String PHONE =
      "Value for contact type is missing. For type \"phone\", pass a valid 10-digit US phone"
          + " number. ";

  private static final String WEBSITE =
      "For type \"website\", pass a website with a valid top-level domain. ";

  private static final String EMAIL =
      "For type \"email\", pass a valid email. Example: hello@orum.io";

  private static final Map<String, String> OF_BOTH =
      Map.ofEntries(
          Map.entry(
              "missing_customer_reference_id",
              reference("required. Pass a unique customer reference id.")),
          Map.entry("invalid_customer_reference_id", reference("invalid. Pass a string value.")),
          Map.entry("invalid_metadata", "Metadata must be a valid JSON object."),
          Map.entry("invalid_orum_id", "Orum ID is invalid. Pass in a valid uuid"),
          Map.entry(
              "invalid_addresses",
              "Addresses array is invalid. Pass an array containing an address object."),
          Map.entry("missing_address1", "Address1 is required."),
          Map.entry(
              "invalid_contacts_value", "Value for contact type is invalid. Pass a string value."));

  private static final Map<String, String> OF_PERSON =
      Map.ofEntries(
          Map.entry(
              "missing_first_name",
              "First name is required. Accepted values are letters, spaces, hyphens, apostrophes,"
                  + " periods, and diacritics."),
          Map.entry(
              "invalid_date_of_birth", "Date of birth is invalid. Valid format is YYYY-MM-DD."),
          Map.entry("invalid_social_security_number", "Social Security Number is invalid."),
          Map.entry(
              "invalid_contacts",
              "Contacts array is invalid. Pass an array of contact information containing phone"
                  + " and/or email contact types."),
          Map.entry(
              "missing_addresses_type",
              "Address type is required. Pass type \"home\" for a person resource."),
          Map.entry(
              "invalid_addresses_type",
              "Address type is invalid. Valid type for person is \"home\"."),
          Map.entry(
              "missing_contacts_type",
              "Type field is required. Valid types are \"email\", or \"phone\"."),
          Map.entry(
              "invalid_contacts_type",
              "Contact type is invalid. Valid contact type for person is \"email\" or \"phone\"."),
          Map.entry("missing_contacts_value", PHONE + EMAIL));

  private static final Map<String, String> OF_BUSINESS =
      Map.ofEntries(
          Map.entry("missing_legal_name", "Legal name is required." + CHARACTERS),
          Map.entry("invalid_legal_name", "Legal name is invalid." + CHARACTERS),
          Map.entry("invalid_business_name", "Business name is invalid." + CHARACTERS),
          Map.entry(
              "invalid_entity_type",
              "Entity type is invalid. Valid entity type is \"sole_proprietorship\","
                  + " \"partnership\", \"limited_liability_partnership\","
                  + " \"limited_liability_company\", \"c_corporation\", \"s_corporation\","
                  + " \"b_corporation\", or \"nonprofit_corporation\"."),
          Map.entry("invalid_tax_id", "Invalid tax id. Expecting 9-digit numeric id."),
          Map.entry(
              "invalid_tax_id_type",
              "Tax id type is invalid. Valid tax id type is \"tin\" or \"ein\"."),
          Map.entry(
              "invalid_incorporation_date",
              "Incorporation date is invalid. Expecting format YYYY-MM-DD."),
          Map.entry(
              "invalid_contacts",
              "Contacts array is invalid. Pass an array of contact information containing phone,"
                  + " website, and/or email contact types."),
          Map.entry(
              "missing_contacts_type",
              "Type field is required. Valid types are \"phone\", \"website\" or \"email\"."),
          Map.entry(
              "invalid_contacts_type",
              "Type field is invalid. Valid type is \"phone\", \"website\" or \"email\"."),
          Map.entry("missing_contacts_value", PHONE + WEBSITE + EMAIL));

  private static String reference(String rest) {
    return "Customer reference id is " + rest;
  }

  @Override
  public void amiss(Place at, JsonNode found, Wanted<?> wanted, Flaw flaw) {
    if (at.equals(Place.BODY)) {
      throw new ApiException(Errors.badRequest("the body must be a JSON object"));
    }
    throw new ApiException(flaw == Flaw.MISSING ? missing(name(at)) : invalid(name(at)));
  }

  /** A member's name in codes; the members of lists that both have are told apart. */
  private String name(Place at) {
    if (at.isIn(Place.PATH)) {
      return "id";
    }
    if (at.isPosition()) {
      return at.above().orElseThrow().step();
    }
    if (at.isIn(Place.QUERY)) {
      return switch (at.step()) {
        case "status" -> form.word() + "_status";
        case "id" -> "orum_id";
        default -> at.step();
      };
    }
    boolean listed = at.step().equals("type") || at.step().equals("value");
    return listed ? name(at.above().orElseThrow()) + "_" + at.step() : at.step();
  }

  Answer missing(String name) {
    return said("missing_" + name, "is required.");
  }

  Answer invalid(String name) {
    // The provider names it so in this one place.
    boolean quirk = patching && form == CustomerForm.BUSINESS && name.equals("zip5");
    return said("invalid_" + (quirk ? "zip" : name), "is invalid.");
  }

  private Answer said(String code, String otherwise) {
    String name = code.substring(code.indexOf('_') + 1).replace('_', ' ');
    String plain = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    Map<String, String> own = form == CustomerForm.PERSON ? OF_PERSON : OF_BUSINESS;
    return Errors.error(
        400, code, own.getOrDefault(code, OF_BOTH.getOrDefault(code, plain + " " + otherwise)));
  }

  Answer malformedId() {
    return Errors.error(400, unknownCode(), "The " + form.word() + "'s id must be a UUID.");
  }

  Answer unknownId() {
    return Errors.error(404, unknownCode(), "There is no " + form.word() + " with this id.");
  }

  private String unknownCode() {
    return "unknown_id_" + form.word();
  }

  /** Of one that is to be named by its reference id. */
  Answer unknownReference() {
    return Errors.error(
        400,
        "invalid_customer_reference_id",
        "There is no " + form.word() + " with this customer reference id.");
  }

  /** A customer's reference id stays what it was. */
  Answer otherReference() {
    return Errors.error(
        400,
        "invalid_customer_reference_id",
        "The customer reference id of a " + form.word() + " cannot be changed.");
  }

  static Answer duplicateReference(UUID existing) {
    return Errors.duplicate("duplicate_customer_reference_id", "customer", existing);
  }
}
