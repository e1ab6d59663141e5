package io.sluice.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import java.net.HttpURLConnection;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Has a running gateway take a transfer back. */
@Command(
    name = "reverse",
    description =
        "Takes a transfer back by a new entry the other way round, once. Asks the gateway that runs"
            + " with this configuration.")
final class ReverseCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TRANSFER", description = "its id, as sluice find tells it")
  private UUID transfer;

  @Option(names = "--tenant", paramLabel = "ID", required = true, description = "whose it is")
  private int tenant;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why; the tenant reads it, and so does the audit")
  private String reason;

  @Mixin private ManagementAccess access;
  @Mixin private Output output;

  @Override
  public Integer call() {
    String path = "/admin/tenants/" + tenant + "/transfers/" + transfer + "/reverse";
    String body = JsonWriter.object().text("reason", reason).toText();
    return new AsAdministrator(access.load(), output)
        .ask((management, token) -> management.post(path, token, body))
        .map(this::tell)
        .orElse(ExitCode.FAILED);
  }

  private int tell(ManagementClient.Reply reply) {
    output.say(text(reply), JsonWriter.object().members(reply.body()));
    return ExitCode.DONE;
  }

  private static String text(ManagementClient.Reply reply) {
    JsonNode answer = Json.parse(reply.body());
    String link = answer.path("link").textValue();
    return reply.status() == HttpURLConnection.HTTP_CREATED
        ? "Reversed: " + link
        : "It was reversed before: " + link;
  }
}
