package io.sluice.dialect;

import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request with a member that is null, beside the same one without it.
 *
 * @param path the names that lead to the member
 */
record NullMember(Ask ask, List<String> path, TestClient client) {
  /** What an error repeats of the request. */
  private static final String RECEIVED = "\"received\":\"(\\\\.|[^\"\\\\])*\"";

  /** Ids, times and numbers, which differ from one answer to the next. */
  private static final String VARYING = "[\\w:.+-]*\\d[\\w:.+-]*";

  /**
   * What was answered.
   *
   * @param before without the member, twice, as the first may have used something up
   * @param with with null
   * @param after without it again, where null was refused
   */
  record Answers(String what, List<Reply> before, Reply with, Optional<Reply> after) {
    /** Whether null got what nobody gets who leaves the member out. */
    boolean differ() {
      return Stream.concat(before.stream(), after.stream())
          .map(NullMember::shape)
          .noneMatch(shape(with)::equals);
    }
  }

  /** Sends them in turn. */
  Answers send() {
    Ask absent = ask.without(path);
    List<Reply> before = List.of(reply(absent), reply(absent));
    Reply with = reply(ask.with(path, "null"));
    Optional<Reply> after = with.status() < 400 ? Optional.empty() : Optional.of(reply(absent));
    return new Answers(ask.target() + " " + path, before, with, after);
  }

  private Reply reply(Ask one) {
    return one.send(client).first();
  }

  private static String shape(Reply reply) {
    return reply.status() + reply.text().replaceAll(RECEIVED, "").replaceAll(VARYING, "#");
  }
}
