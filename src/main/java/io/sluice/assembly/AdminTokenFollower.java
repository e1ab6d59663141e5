package io.sluice.assembly;

import io.sluice.access.AuditEvent;
import io.sluice.access.AuditEvent.Outcome;
import io.sluice.access.AuditTrail;
import io.sluice.config.SluiceConfig;
import io.sluice.operations.AdminCredential;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the kept admin token while the gateway runs: whoever writes another one into its file,
 * or removes the file so that another one is made, has it in force soon. What cannot be a token's
 * file leaves the one before in force.
 */
final class AdminTokenFollower {
  /** How soon. */
  private static final long REREAD_MS = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(AdminTokenFollower.class);

  private final Path file;
  private final AdminCredential token;
  private final AuditTrail audit;
  private boolean isLooking;
  private String said = "";

  private AdminTokenFollower(Path file, AdminCredential token, AuditTrail audit) {
    this.file = file;
    this.token = token;
    this.audit = audit;
  }

  /**
   * Follows the file until the event loops end; not where the token is configured.
   *
   * @param token the one that is in force now
   */
  static void start(Vertx vertx, SluiceConfig config, AdminCredential token, AuditTrail audit) {
    if (config.management().adminToken().isEmpty()) {
      var follower = new AdminTokenFollower(AdminToken.file(config), token, audit);
      vertx.setPeriodic(REREAD_MS, timer -> follower.look(vertx));
    }
  }

  /** Always on one event loop; the file is read elsewhere. */
  private void look(Vertx vertx) {
    if (isLooking) {
      return;
    }
    isLooking = true;
    vertx
        .executeBlocking(() -> AdminToken.kept(file), false)
        .onFailure(this::say)
        .compose(this::take)
        .onSuccess(taken -> said = "")
        .onComplete(looked -> isLooking = false);
  }

  private Future<Void> take(String found) {
    if (token.admits(found)) {
      return Future.succeededFuture();
    }
    token.replace(found);
    return audit
        .write(
            AuditEvent.of("admin_token_replaced", Outcome.SUCCESS, "the admin token was replaced"))
        .onFailure(e -> LOG.error("The admin token was replaced, which is not in the audit", e));
  }

  /** Once for each reason. */
  private void say(Throwable failure) {
    String why = String.valueOf(failure.getMessage());
    if (!said.equals(why)) {
      said = why;
      LOG.warn("The admin token stays as it was: {}", why);
    }
  }
}
