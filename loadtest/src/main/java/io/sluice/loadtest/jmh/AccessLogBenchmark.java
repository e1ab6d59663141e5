package io.sluice.loadtest.jmh;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.sluice.command.AccessAppender;
import io.sluice.gateway.AccessLine;
import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One line of the access log: what it costs the event loop that leaves it, and what that and
 * writing it cost together. Nobody reads the output, and no line is dropped.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class AccessLogBenchmark {
  /** Half of what may wait. */
  private static final int LINES = 8_192;

  @Param({"text", "json"})
  public String format;

  private final Optional<TransferId> transfer = Optional.of(new TransferId(new UUID(7, 11)));
  private final Optional<Principal> caller =
      Optional.of(new Principal(new TenantId(7), new CredentialNumber(9)));
  private AccessAppender appender;
  private Logger log;

  @Setup(Level.Trial)
  public void open() {
    var nobody = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    appender = new AccessAppender(nobody);
    appender.setForm(format);
    log = new LoggerContext().getLogger("sluice.access");
    log.setAdditive(false);
    log.addAppender(appender);
  }

  @Setup(Level.Invocation)
  public void start() {
    appender.start();
  }

  @TearDown(Level.Invocation)
  public void stop() {
    appender.stop();
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public void leave() {
    for (int i = 0; i < LINES; i++) {
      log.info("answered {}", line());
    }
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public void leaveAndWrite() {
    leave();
    appender.stop();
  }

  private AccessLine line() {
    return new AccessLine(
        "AbCdEfGhIjKlMnOpQrStUv",
        "corebanq",
        "transferFunds",
        "POST",
        201,
        5_123_456,
        215,
        1_024,
        "127.0.0.1",
        transfer,
        caller,
        Optional.empty());
  }
}
