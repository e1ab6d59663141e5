package io.sluice.dialect;

import io.sluice.access.CredentialIssuer;
import io.sluice.ledger.Amount;
import io.sluice.ledger.TenantId;

/**
 * What a dialect needs to set a tenant up for a first transfer: the demo, or one of an operator's
 * own.
 *
 * @param tenant whom it is for
 * @param name what the names of all that is made begin with; a user's name, too, so no other tenant
 *     has it. Small letters, digits and hyphens
 * @param baseUrl where the gateway listens, such as {@code http://127.0.0.1:8080}, without a slash
 *     at the end
 * @param issuer makes the credentials that the shown call carries
 */
public record Demonstration(TenantId tenant, String name, String baseUrl, CredentialIssuer issuer) {
  /** The name of the tenant that everybody may play with. */
  public static final String DEMO = "demo";

  /** How often the call that is shown to a tenant of an operator's own can be made. */
  private static final int TRANSFERS = 100;

  /** Of the demo. */
  public Demonstration(TenantId tenant, String baseUrl, CredentialIssuer issuer) {
    this(tenant, DEMO, baseUrl, issuer);
  }

  /** Whether it is the demo's, which has ids that examples can name, and all that they ask for. */
  public boolean isDemo() {
    return name.equals(DEMO);
  }

  /** A name of something that is made. */
  public String named(String what) {
    return name + "-" + what;
  }

  /** What a shown call says that it is. */
  public String description() {
    return pick("Demonstration", "First transfer");
  }

  /** One text or setting for the demo, another for a tenant of an operator's own. */
  public <T> T pick(T ofDemo, T ofOwn) {
    return isDemo() ? ofDemo : ofOwn;
  }

  /**
   * What there is to begin with.
   *
   * @param ample the demo's
   * @param shown what the shown call moves
   */
  public Amount funds(long ample, long shown) {
    return Amount.of(pick(ample, shown * TRANSFERS));
  }
}
