package io.sluice.store;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that somebody has no connection to PostgreSQL any more, and once that it is back. */
public final class Outage {
  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  private final String who;
  private Optional<Instant> since = Optional.empty();

  /**
   * @param who has or has not the connection, as it stands in a sentence: {@code lane 1}
   */
  public Outage(String who) {
    this.who = who;
  }

  /** Nothing is connected; said once until it is over. */
  public void begins(Throwable failure) {
    begins(SqlState.explain(failure));
  }

  /** Nothing is connected, for a reason in words; said once until it is over. */
  public synchronized void begins(String why) {
    if (since.isEmpty()) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      since = Optional.of(now);
      log.atWarn()
          .addKeyValue("sluice.who", who)
          .addKeyValue("sluice.since", now)
          .log("PostgreSQL is lost to {}, which goes on trying: {}", who, why);
    }
  }

  /** It is connected; said only after the contrary. */
  public synchronized void over(Server server) {
    since.ifPresent(
        begun ->
            log.atInfo()
                .addKeyValue("sluice.who", who)
                .addKeyValue("sluice.server", server)
                .addKeyValue("sluice.since", begun)
                .log(
                    "PostgreSQL is back for {}, at {}, after {} ms",
                    who,
                    server,
                    Duration.between(begun, Instant.now()).toMillis()));
    since = Optional.empty();
  }
}
