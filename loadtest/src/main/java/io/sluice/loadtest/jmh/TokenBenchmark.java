package io.sluice.loadtest.jmh;

import io.sluice.access.ClientAddress;
import io.sluice.access.JwtTokens;
import io.sluice.access.Rights;
import io.sluice.access.TokenClaims;
import io.sluice.access.VerifiedToken;
import io.sluice.loadtest.Awaiting;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Verifies a bearer token that was verified before, and one that was not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 5, time = 5)
public class TokenBenchmark {
  /** Taken in turn with room for one: nearly every one of them is verified anew. */
  private static final int TOKENS = 256;

  private static final String DIALECT = "orum";

  private final String[] issued = new String[TOKENS];
  private Site site;
  private JwtTokens remembering;
  private JwtTokens forgetting;
  private int next;

  @Setup(Level.Trial)
  public void open() throws IOException, SQLException {
    site = new Site();
    remembering = site.tokens(TOKENS);
    forgetting = site.tokens(1);
    for (int i = 0; i < TOKENS; i++) {
      issued[i] =
          remembering.issue(
              site.credential(),
              new TokenClaims(
                  site.tenant(),
                  DIALECT,
                  new UUID(0, i),
                  new Rights.Scopes(Set.of("write:booktransfers")),
                  Instant.now().plus(1, ChronoUnit.DAYS)));
      // So that the database's answers are in memory.
      verify(forgetting, i);
    }
    verify(remembering, 0);
    site.seal();
  }

  @TearDown(Level.Trial)
  public void close() {
    site.close();
  }

  @Benchmark
  public Optional<VerifiedToken> cached() {
    return verify(remembering, 0);
  }

  /** Parse, check the signature (ES256), ask whether it stands (answered from memory). */
  @Benchmark
  public Optional<VerifiedToken> uncached() {
    next = (next + 1) % TOKENS;
    return verify(forgetting, next);
  }

  private Optional<VerifiedToken> verify(JwtTokens tokens, int number) {
    Optional<VerifiedToken> claims =
        Awaiting.result(tokens.verify(issued[number], DIALECT, ClientAddress.NONE));
    if (claims.isEmpty()) {
      throw new IllegalStateException("a token of ours was refused");
    }
    return claims;
  }
}
