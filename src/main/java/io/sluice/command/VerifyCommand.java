package io.sluice.command;

import io.sluice.assembly.StartException;
import io.sluice.config.SluiceConfig;
import io.sluice.config.VerifySettings;
import io.sluice.dialect.JsonWriter;
import io.sluice.operations.VerificationJson;
import io.sluice.store.Database;
import io.sluice.store.StoreException;
import io.sluice.store.Verifier;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Recomputes the books, also beside a running gateway. */
@Command(
    name = "verify",
    description =
        "Recomputes every balance, every posting chain and every asset's sum, and says where the"
            + " stored books differ.")
final class VerifyCommand implements Callable<Integer> {
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final double PERMILLE_PER_PERCENT = 10;

  @Mixin private ConfigurationFile configuration;
  @Mixin private Output output;

  @Override
  public Integer call() {
    SluiceConfig config = configuration.load();
    return DatabaseTask.run(config, database -> verify(database, config.verify()));
  }

  private int verify(Database database, VerifySettings settings) {
    PrintWriter steps = output.isJson() ? output.err() : output.out();
    try {
      Verifier.Report report = Verifier.run(database, settings, step -> print(steps, step));
      output.say(text(report), VerificationJson.write(JsonWriter.object(), report));
      return report.isWhole() ? ExitCode.DONE : ExitCode.NOT_WHOLE;
    } catch (StoreException e) {
      throw new StartException(
          "the books in " + database + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void print(PrintWriter out, Verifier.Progress step) {
    double seconds = step.elapsed().toMillis() / MILLIS_PER_SECOND;
    // How many steps there are is known when each table has been read.
    String what =
        step.steps() == 0
            ? step.what()
            : "%d of %d, tenant %d: %s (%,d rows)"
                .formatted(step.step(), step.steps(), step.tenant(), step.what(), step.rows());
    out.printf(
        "%3.0f %%  %s, after %.1f s%s%n",
        step.permille() / PERMILLE_PER_PERCENT,
        what,
        seconds,
        step.left().map(VerifyCommand::end).orElse(""));
    out.flush();
  }

  private static String end(Duration left) {
    LocalTime end = LocalTime.now().plus(left).truncatedTo(ChronoUnit.SECONDS);
    return ", done at about %s, in %d s"
        .formatted(end.format(DateTimeFormatter.ISO_LOCAL_TIME), left.toSeconds());
  }

  private static String text(Verifier.Report report) {
    var text = new StringBuilder();
    for (Verifier.Finding finding : report.findings()) {
      text.append(
          "tenant %d: it does not hold that %s: %,d times, such as%n"
              .formatted(finding.tenant(), finding.invariant().rule(), finding.violations()));
      finding.examples().forEach(example -> text.append("    %s%n".formatted(example)));
    }
    return text.append(
            "%s: %,d tenants, %,d transfers, %,d postings, %.1f s."
                .formatted(
                    report.isWhole() ? "The books are whole" : "The books are NOT whole",
                    report.tenants(),
                    report.rows("transfer"),
                    report.rows("posting"),
                    report.elapsed().toMillis() / MILLIS_PER_SECOND))
        .toString();
  }
}
