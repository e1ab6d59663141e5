package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is to belong to a group.
 *
 * @param admins every one of them, and whether it is to be an admin
 * @param behalf for whom it is done; kept for those who ask later, without any effect
 */
record NewMembers(Map<HolderId, Boolean> admins, Optional<HolderId> behalf) {
  /** The most members that one request may name. */
  static final int MAX_MEMBERS = 100;

  static final String BEHALF = "on_behalf_of_participant_id";
  static final String LIST = "members";
  static final String PARTICIPANT = "participant_id";
  static final String ROLE = "role";

  static final Wanted<Role> ROLES = new Reader.Choice<>(List.of(Role.values()));

  enum Role {
    ADMIN,
    MEMBER
  }

  /** The first members of a group, of whom one has to be an admin. */
  static NewMembers readFirst(Reader reader, Members body) {
    NewMembers first = new NewMembers(list(reader, body), behalf(body));
    if (!first.admins.isEmpty() && !first.admins.containsValue(true)) {
      reader.refuse(
          FieldError.invalid(LIST, "at least one ADMIN", "must have at least one with role ADMIN"));
    }
    return first;
  }

  /** Further members: one, or a list of them. */
  static NewMembers read(Reader reader, Members body) {
    boolean several = body.has(LIST);
    if (several) {
      for (String member : List.of(PARTICIPANT, ROLE)) {
        if (body.has(member)) {
          String rule = "is one too many: it belongs into " + LIST + " when there is such a list";
          reader.refuse(FieldError.invalid(member, "absent", rule));
        }
      }
    }
    Map<HolderId, Boolean> admins =
        several ? list(reader, body) : Map.of(member(body), isAdmin(body));
    return new NewMembers(admins, behalf(body));
  }

  private static Map<HolderId, Boolean> list(Reader reader, Members body) {
    Map<HolderId, Boolean> admins = new LinkedHashMap<>();
    for (Members member : body.objects(LIST, 1, MAX_MEMBERS)) {
      HolderId id = member(member);
      if (admins.put(id, isAdmin(member)) != null) {
        String field = member.place().then(PARTICIPANT).toString();
        reader.refuse(
            FieldError.invalid(field, "another participant", "is in " + LIST + " twice")
                .of(id.value().toString()));
      }
    }
    return admins;
  }

  private static HolderId member(Members member) {
    return new HolderId(member.required(PARTICIPANT, Reader.ID));
  }

  /** {@code MEMBER} when the request says nothing. */
  private static boolean isAdmin(Members member) {
    return member.optional(ROLE, ROLES).orElse(Role.MEMBER) == Role.ADMIN;
  }

  static Optional<HolderId> behalf(Members body) {
    return body.optional(BEHALF, Reader.ID).map(HolderId::new);
  }

  /** All who must be participants. */
  Set<HolderId> named() {
    Set<HolderId> named = new LinkedHashSet<>(admins.keySet());
    behalf.ifPresent(named::add);
    return named;
  }
}
