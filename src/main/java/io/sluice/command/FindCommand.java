package io.sluice.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a running gateway what something is that a client quotes. */
@Command(
    name = "find",
    description =
        "Says what an id, a key, a reference or a name is that somebody quotes, whose, and where to"
            + " read on. Asks the gateway that runs with this configuration.")
final class FindCommand implements Callable<Integer> {
  @Parameters(paramLabel = "QUOTED", description = "what is looked for, as it was quoted")
  private String quoted;

  @Option(names = "--tenant", paramLabel = "ID", description = "only in this tenant")
  private Optional<Integer> tenant = Optional.empty();

  @Mixin private ManagementAccess access;
  @Mixin private Output output;

  @Override
  public Integer call() {
    return new AsAdministrator(access.load(), output)
        .ask((management, token) -> management.get(target(), Optional.of(token)))
        .map(this::tell)
        .orElse(ExitCode.FAILED);
  }

  private String target() {
    return "/admin/find?q="
        + URLEncoder.encode(quoted, StandardCharsets.UTF_8)
        + tenant.map(id -> "&tenant=" + id).orElse("");
  }

  private int tell(ManagementClient.Reply reply) {
    JsonNode answer = Json.parse(reply.body());
    output.say(text(answer), JsonWriter.object().members(reply.body()));
    return answer.path("found").isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static String text(JsonNode answer) {
    var text = new StringBuilder();
    for (JsonNode found : answer.path("found")) {
      text.append(line(found)).append('\n');
    }
    if (answer.path("found").isEmpty()) {
      text.append("Nothing was found.\n");
    }
    answer.path("notes").forEach(note -> text.append(note.textValue()).append('\n'));
    if (!answer.path("complete").booleanValue()) {
      text.append("Not everything was tried; --tenant narrows it.\n");
    }
    return text.toString().stripTrailing();
  }

  private static String line(JsonNode found) {
    String kind = found.path("kind").textValue();
    JsonNode tenant = found.path("tenant");
    return "%s%s by %s%s%s"
        .formatted(
            found.path("what").textValue(),
            kind.isEmpty() ? "" : " (" + kind + ")",
            found.path("by").textValue(),
            tenant.isNull()
                ? ""
                : ", tenant "
                    + tenant.path("id").intValue()
                    + " "
                    + tenant.path("name").textValue(),
            found.path("link").isNull() ? "" : ": " + found.path("link").textValue());
  }
}
