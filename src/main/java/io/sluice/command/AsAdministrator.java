package io.sluice.command;

import io.sluice.assembly.AdminToken;
import io.sluice.config.SluiceConfig;
import java.io.IOException;
import java.util.Optional;

/** Asks the gateway that runs with a configuration, with its admin token. */
record AsAdministrator(SluiceConfig config, Output output) {
  /** One request. */
  interface Question {
    ManagementClient.Reply ask(ManagementClient management, String token) throws IOException;
  }

  /** What is answered; where nobody answers, or with an error, that is said and nothing is left. */
  Optional<ManagementClient.Reply> ask(Question question) {
    String token = AdminToken.known(config);
    try {
      var reply = question.ask(ManagementClient.of(config), token);
      if (!reply.isError()) {
        return Optional.of(reply);
      }
      output.err().println("sluice: the gateway answers " + reply.status() + " " + reply.body());
    } catch (IOException e) {
      output.err().println("sluice: no gateway answers: " + e.getMessage());
    }
    return Optional.empty();
  }
}
