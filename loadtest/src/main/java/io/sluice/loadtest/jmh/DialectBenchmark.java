package io.sluice.loadtest.jmh;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Endpoint;
import io.sluice.loadtest.Awaiting;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One transfer through a dialect: authenticate, parse, validate, resolve, command, render. Neither
 * HTTP nor the pipeline is in it; everything immutable is in the dialect's caches.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 5, time = 5)
public class DialectBenchmark {
  @Param({"isometric", "orum", "scrip", "corebanq"})
  public String dialect;

  private Site site;
  private Site.Request request;

  @Setup(Level.Trial)
  public void open() throws IOException, InterruptedException {
    site = new Site();
    request = site.request(dialect);
    Answer first = transfer();
    if (first.status() / 100 != 2) {
      throw new IllegalStateException(first.status() + " " + first.body());
    }
    site.seal();
  }

  @TearDown(Level.Trial)
  public void close() {
    site.close();
  }

  @Benchmark
  public Answer transfer() {
    return Awaiting.result(
        request.endpoint().admit(request.call()).compose(Endpoint.Admitted::answer));
  }
}
