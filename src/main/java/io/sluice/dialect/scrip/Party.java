package io.sluice.dialect.scrip;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Members;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Somebody as a request names them; equal for the same name, wherever it stands.
 *
 * @param kind which kind of name
 * @param reference the external id as given, or the UUID in lower case
 */
record Party(Kind kind, String reference) {
  /** The kinds of names. */
  enum Kind {
    EXTERNAL_ID("external_id", Names.PARTICIPANT),
    PARTICIPANT_ID("participant_id", Names.PARTICIPANT),
    GROUP_ID("group_id", Names.GROUP);

    private static final List<Kind> ALL = List.of(values());

    private final String member;
    private final String sourceMember;
    private final String holder;

    Kind(String member, String holder) {
      this.member = member;
      this.sourceMember = "source_" + member;
      this.holder = holder;
    }

    /** The member that names a recipient so. */
    String member() {
      return member;
    }

    /** The member that names the source so. */
    String sourceMember() {
      return sourceMember;
    }

    /** The kind of holder that is named so. */
    String holder() {
      return holder;
    }
  }

  /** Reads the one of three members that names who pays. */
  static Party source(Members body) {
    return read(body, Kind::sourceMember);
  }

  /** Reads the one of three members that names who is paid. */
  static Party recipient(Members row) {
    return read(row, Kind::member);
  }

  private static Party read(Members body, Function<Kind, String> member) {
    Optional<Kind> found = Optional.empty();
    for (Kind kind : Kind.ALL) {
      if (body.has(member.apply(kind))) {
        if (found.isPresent()) {
          throw refusal("give only one of ", body, member);
        }
        found = Optional.of(kind);
      }
    }
    Kind kind = found.orElseThrow(() -> refusal("give one of ", body, member));
    String name = member.apply(kind);
    return new Party(
        kind,
        kind == Kind.EXTERNAL_ID
            ? body.required(name, Reader.EXTERNAL_ID)
            : body.required(name, Reader.ID).toString());
  }

  private static ApiException refusal(String start, Members body, Function<Kind, String> member) {
    return Reader.refusal(
        Kind.ALL.stream()
            .map(kind -> body.place().then(member.apply(kind)).toString())
            .collect(Collectors.joining(", ", start, "")));
  }

  boolean isGroup() {
    return kind == Kind.GROUP_ID;
  }

  /** The UUID that names them; empty for an external id. */
  Optional<UUID> uuid() {
    return kind == Kind.EXTERNAL_ID ? Optional.empty() : Optional.of(UUID.fromString(reference));
  }
}
