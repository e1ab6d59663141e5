package io.sluice.clients;

import io.sluice.clients.Finding.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A deviation that stays, and why. One that nothing in a run needs makes the run fail, so that none
 * outlives its reason.
 *
 * @param clients whose findings it explains; empty where it does not depend on the client
 */
record Allowance(
    Provider provider, Kind kind, Set<String> clients, Predicate<Finding> what, String reason) {
  /** What the documents leave out and the contract, or what a client may rely on, asks for. */
  static List<Allowance> all() {
    return List.of(
        undeclared(
            Provider.ISOMETRIC,
            Set.of(401),
            finding -> true,
            "the document declares no answer to missing or wrong credentials; the service answers"
                + " 401 in production"),
        undeclared(
            Provider.ISOMETRIC,
            Set.of(403),
            finding -> finding.operation().startsWith("POST "),
            "the document says that credits must be the caller's and declares no answer for"
                + " others"),
        undeclared(
            Provider.ISOMETRIC,
            Set.of(400),
            finding -> true,
            "the document declares no answer to ids that name nothing and to broken rules; clients"
                + " in production know 400 with a text in detail"),
        undeclared(
            Provider.ORUM,
            Set.of(400, 403, 404),
            finding -> finding.operation().contains(" /webhooks/"),
            "for webhooks the document declares 401 as the only error; the others are answered as"
                + " everywhere else in it"),
        ofGenerator(
            Provider.ISOMETRIC,
            "kotlin",
            Kind.OTHER_STATUS,
            finding -> finding.status() == 422 && finding.text().contains("\"notes\"],\"msg\""),
            "it leaves out a member that is null, and notes may be null but must be there"),
        ofGenerator(
            Provider.ISOMETRIC,
            "kotlin",
            Kind.NOT_UNDERSTOOD,
            finding -> finding.text().contains("null cannot be cast to non-null type"),
            "the document says that the answer may be null, its return type says that it cannot"),
        ofGenerator(
            Provider.ISOMETRIC,
            "kotlin",
            Kind.NOT_ASKED,
            finding -> finding.operation().equals("POST /beneficiary"),
            "of a body that is one of two forms it makes one class that requires the members of"
                + " both"),
        ofGenerator(
            Provider.ISOMETRIC,
            "kotlin",
            Kind.NEVER_SUCCEEDED,
            finding -> finding.operation().equals("POST /beneficiary"),
            "for the same reason"),
        ofGenerator(
            Provider.ORUM,
            "kotlin",
            Kind.NOT_ASKED,
            finding -> finding.operation().equals("POST /webhooks/invoke"),
            "of a body that is one of seven forms it makes the class of the last one"));
  }

  private static Allowance ofGenerator(
      Provider provider, String client, Kind kind, Predicate<Finding> what, String reason) {
    return new Allowance(provider, kind, Set.of(client), what, reason);
  }

  private static Allowance undeclared(
      Provider provider, Set<Integer> statuses, Predicate<Finding> what, String reason) {
    return new Allowance(
        provider,
        Kind.UNDECLARED_STATUS,
        Set.of(),
        finding -> statuses.contains(finding.status()) && what.test(finding),
        reason);
  }

  boolean explains(Finding finding) {
    return finding.provider() == provider
        && finding.kind() == kind
        && (clients.isEmpty() || clients.contains(finding.client()))
        && what.test(finding);
  }

  /** Whether a run with these clients ought to need it. */
  boolean concerns(Set<String> present) {
    return clients.isEmpty() || clients.stream().anyMatch(present::contains);
  }

  /** Whom and what it is about, for people. */
  String title() {
    return provider.word()
        + (clients.isEmpty() ? "" : ", " + String.join(", ", clients))
        + ", "
        + kind;
  }
}
