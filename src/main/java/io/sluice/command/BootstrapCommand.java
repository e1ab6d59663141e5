package io.sluice.command;

import io.sluice.assembly.Bootstrap;
import io.sluice.assembly.Bootstrap.Order;
import io.sluice.assembly.Bootstrap.Result;
import io.sluice.assembly.Dialects;
import io.sluice.assembly.Provider;
import io.sluice.assembly.Running.DemoCall;
import io.sluice.config.SluiceConfig;
import io.sluice.dialect.FirstTransfer;
import io.sluice.dialect.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a tenant with all that first transfers take, and prints these. */
@Command(
    name = "bootstrap",
    description =
        "Makes a tenant with credentials and value, and prints a call for each dialect that works"
            + " at once.")
final class BootstrapCommand implements Callable<Integer> {
  private static final List<String> DIALECTS = Dialects.ALL.stream().map(Provider::name).toList();

  @Spec private CommandSpec command;
  @Mixin private ConfigurationFile configuration;
  @Mixin private Output output;

  @Parameters(paramLabel = "TENANT", description = "its name: 1 to 40 of a-z, 0-9 and -")
  private String tenant = "";

  @Option(
      names = {"-d", "--dialect"},
      split = ",",
      paramLabel = "DIALECT",
      completionCandidates = Known.class,
      description = "one or more of ${COMPLETION-CANDIDATES}; all unless it is given")
  private List<String> dialects = DIALECTS;

  @Option(
      names = "--renew",
      description =
          "the tenant may be there already: make what it lacks, and other secrets in the place of"
              + " those that this command made before")
  private boolean renews;

  /** For shells and for the explanation. */
  static final class Known extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Known() {
      super(DIALECTS);
    }
  }

  @Override
  public Integer call() {
    for (String dialect : dialects) {
      if (!DIALECTS.contains(dialect)) {
        throw new ParameterException(command.commandLine(), Hints.unknown(dialect, DIALECTS));
      }
    }
    SluiceConfig config = configuration.load();
    var order = new Order(tenant, Set.copyOf(dialects), renews);
    return DatabaseTask.runWithRoles(config, roles -> show(Bootstrap.run(config, roles, order)));
  }

  private int show(Result result) {
    switch (result) {
      case Result.Made made -> {
        output.say(text(made), json(made));
        return ExitCode.DONE;
      }
      case Result.Refused refused -> {
        output.err().println("sluice: " + refused.reason());
        return ExitCode.FAILED;
      }
    }
  }

  /** Also a script that makes the transfers. */
  private String text(Result.Made made) {
    var text = new StringBuilder();
    text.append(
        "# The tenant %s has the number %d. These secrets are shown this one time.%n"
            .formatted(tenant, made.tenant().value()));
    for (DemoCall transfer : made.transfers()) {
      text.append("%n# %s%n%s%n".formatted(transfer.title(), transfer.text()));
    }
    return text.append(
            "%n# Each call works a hundred times, while a gateway runs: sluice serve".formatted())
        .toString();
  }

  private JsonWriter json(Result.Made made) {
    return JsonWriter.object()
        .object("tenant")
        .number("id", made.tenant().value())
        .text("name", tenant)
        .end()
        .objects("transfers", made.transfers(), BootstrapCommand::members);
  }

  private static void members(JsonWriter json, DemoCall transfer) {
    FirstTransfer first = transfer.first().orElseThrow();
    json.text("dialect", transfer.dialect());
    texts(json, "sign_in", first.signIn());
    texts(json, "headers", first.headers());
    json.text("curl", first.curl());
  }

  private static void texts(JsonWriter json, String name, Map<String, String> texts) {
    json.object(name);
    texts.forEach(json::text);
    json.end();
  }
}
