package io.sluice.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what a token allows from {@code scope} (RFC 8693, section 4.2) and {@code scp}, which some
 * issuers write in its place: each a text with spaces between the scopes, or an array of them.
 */
final class ClaimedRights {
  private static final List<String> CLAIMS = List.of("scope", "scp");

  private ClaimedRights() {}

  /**
   * All scopes of both claims. A claim that is there and holds anything but scopes allows nothing,
   * whatever the other one says: its writer meant to limit the token.
   *
   * @param unscoped what a token allows that has neither claim
   */
  static Rights of(JsonNode claims, Rights unscoped) {
    List<JsonNode> present = CLAIMS.stream().filter(claims::has).map(claims::get).toList();
    if (present.isEmpty()) {
      return unscoped;
    }
    Set<String> all = new HashSet<>();
    for (JsonNode claim : present) {
      List<String> scopes = scopes(claim);
      if (scopes.isEmpty() || !scopes.stream().allMatch(CredentialNames::isScope)) {
        return Rights.NONE;
      }
      all.addAll(scopes);
    }
    return new Rights.Scopes(all);
  }

  private static List<String> scopes(JsonNode claim) {
    if (claim.isTextual()) {
      return List.of(claim.textValue().split(" ", -1));
    }
    List<String> scopes = new ArrayList<>();
    if (claim.isArray()) {
      // What is no text becomes the empty one, which is no scope.
      claim.forEach(scope -> scopes.add(scope.isTextual() ? scope.textValue() : ""));
    }
    return scopes;
  }
}
