package io.sluice.dialect.isometric;

import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request for a beneficiary, in one of its two forms. */
record BeneficiaryRequest(String name, Contact contact) {
  private static final String ORGANISATION = "CreateOrganizationBeneficiary";
  private static final String INDIVIDUAL = "CreateIndividualBeneficiary";
  private static final Wanted<String> FORM = new Reader.Literal(List.of(ORGANISATION, INDIVIDUAL));
  private static final Wanted<String> TEXT = new Wanted.Characters(0, 256);

  /** What an organisation or a person is known by; never shown on the registry's pages. */
  sealed interface Contact {
    String text();

    /** The text by which it is found again, whatever its case and outer blanks. */
    default String same() {
      return text().strip().toLowerCase(Locale.ROOT);
    }

    record Domain(String text) implements Contact {}

    record Email(String text) implements Contact {}
  }

  static BeneficiaryRequest read(Reader reader) {
    Members body = reader.body();
    Optional<String> named = body.optional("__typename", FORM);
    boolean hasDomain = body.has("beneficiary_domain");
    boolean hasEmail = body.has("beneficiary_email");
    String name = body.required("beneficiary_name", TEXT);
    boolean isIndividual = named.map(INDIVIDUAL::equals).orElse(hasEmail && !hasDomain);
    if (named.isEmpty() && !hasDomain && !hasEmail) {
      reader.missingIn(ORGANISATION, "beneficiary_domain");
      reader.missingIn(INDIVIDUAL, "beneficiary_email");
      return new BeneficiaryRequest(name, new Contact.Domain(""));
    }
    // What belongs to the other form does not count, but it has to be a text.
    body.optional(isIndividual ? "beneficiary_domain" : "beneficiary_email", TEXT);
    return new BeneficiaryRequest(
        name,
        isIndividual
            ? new Contact.Email(body.required("beneficiary_email", new Reader.Email()))
            : new Contact.Domain(body.required("beneficiary_domain", TEXT)));
  }

  /** The registry's own name for the beneficiary. */
  String reference() {
    return switch (contact) {
      case Contact.Domain domain -> "domain:" + domain.same();
      case Contact.Email email -> "email:" + email.same();
    };
  }

  Organisation organisation(HolderId id) {
    return switch (contact) {
      case Contact.Domain domain -> new Organisation(id, name, Optional.of(domain.text()), false);
      case Contact.Email email -> new Organisation(id, name, Optional.empty(), false);
    };
  }
}
