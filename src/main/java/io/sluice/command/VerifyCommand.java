package io.sluice.command;

import io.sluice.assembly.StartException;
import io.sluice.store.Database;
import io.sluice.store.StoreException;
import io.sluice.store.Verifier;
import java.io.PrintWriter;

/** Recomputes the books, also beside a running gateway. */
final class VerifyCommand {
  private static final double MILLIS_PER_SECOND = 1_000;

  static final Command COMMAND =
      new Command(
          "verify",
          "Recomputes every balance, every posting chain and every asset's sum, and says where the"
              + " stored books differ.",
          true,
          false,
          VerifyCommand::run);

  private VerifyCommand() {}

  private static int run(Options options, Console console) {
    return DatabaseTask.run(options.load(), database -> verify(database, console.out()));
  }

  private static int verify(Database database, PrintWriter out) {
    try {
      Verifier.Report report = Verifier.run(database, step -> print(out, step));
      print(out, report);
      return report.isWhole() ? ExitCode.DONE : ExitCode.NOT_WHOLE;
    } catch (StoreException e) {
      throw new StartException(
          "the books in " + database + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void print(PrintWriter out, Verifier.Progress step) {
    double seconds = step.elapsed().toMillis() / MILLIS_PER_SECOND;
    // How many steps there are is known when the rows have been counted.
    if (step.steps() == 0) {
      out.printf("%s, after %.1f s%n", step.what(), seconds);
    } else {
      out.printf(
          "%3d/%d  tenant %d: %s (%,d rows), after %.1f s%n",
          step.step(), step.steps(), step.tenant(), step.what(), step.rows(), seconds);
    }
    out.flush();
  }

  private static void print(PrintWriter out, Verifier.Report report) {
    for (Verifier.Finding finding : report.findings()) {
      out.printf(
          "tenant %d: it does not hold that %s: %,d times, such as%n",
          finding.tenant(), finding.invariant().rule(), finding.violations());
      finding.examples().forEach(example -> out.println("    " + example));
    }
    out.printf(
        "%s: %,d tenants, %,d transfers, %,d postings, %.1f s.%n",
        report.isWhole() ? "The books are whole" : "The books are NOT whole",
        report.tenants(),
        report.rows().getOrDefault("transfer", 0L),
        report.rows().getOrDefault("posting", 0L),
        report.elapsed().toMillis() / MILLIS_PER_SECOND);
    out.flush();
  }
}
