package io.sluice.dialect.scrip;

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
  /** Stands in for somebody whom a request fails to name. */
  private static final String NOBODY = "";

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
  static Party source(Reader reader, Members body) {
    return read(reader, body, Kind::sourceMember);
  }

  /** Reads the one of three members that names who is paid. */
  static Party recipient(Reader reader, Members row) {
    return read(reader, row, Kind::member);
  }

  private static Party read(Reader reader, Members body, Function<Kind, String> member) {
    if (!body.node().isObject()) {
      // What should name somebody was told to be none.
      return new Party(Kind.EXTERNAL_ID, NOBODY);
    }
    int given = 0;
    Kind kind = Kind.EXTERNAL_ID;
    for (Kind each : Kind.ALL) {
      if (body.has(member.apply(each))) {
        given++;
        kind = each;
      }
    }
    String name = member.apply(kind);
    if (given != 1) {
      String field = body.place().then(name).toString();
      reader.refuse(
          given == 0
              ? FieldError.required(field).saying("give one of " + names(member))
              : FieldError.invalid(
                  field, "absent", "is one too many: give one of " + names(member)));
      return new Party(kind, NOBODY);
    }
    return new Party(
        kind,
        kind == Kind.EXTERNAL_ID
            ? body.required(name, Reader.EXTERNAL_ID)
            : body.required(name, Reader.ID).toString());
  }

  private static String names(Function<Kind, String> member) {
    return Kind.ALL.stream().map(member).collect(Collectors.joining(", "));
  }

  boolean isGroup() {
    return kind == Kind.GROUP_ID;
  }

  /** The UUID that names them; empty for an external id. */
  Optional<UUID> uuid() {
    return kind == Kind.EXTERNAL_ID ? Optional.empty() : Optional.of(UUID.fromString(reference));
  }
}
