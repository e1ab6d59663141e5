package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The one plan of all dialect rooms, found by looking and not by a list that a further room would
 * escape; and that no files of a room know each other in a ring.
 */
class RoomsTest {
  private static final String DIALECTS = "io.sluice.dialect.";
  private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.sluice");
  private static final List<Dependency> ARROWS =
      ALL.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream()).toList();

  /** Every file that a room must have, besides {@code <Name>Dialect}. */
  private static final List<String> ROLES =
      List.of(
          "Caller",
          "Gate",
          "Names",
          "Errors",
          "Reader",
          "Directory",
          "Transfers",
          "TransferRequest",
          "TransferDetail",
          "Administration",
          "Demo");

  /** Every room of the main sources, and the made-up one of the tests. */
  static final List<String> ROOMS =
      ALL.stream()
          .map(JavaClass::getPackageName)
          .filter(name -> name.startsWith(DIALECTS))
          .map(name -> name.substring(DIALECTS.length()).split("\\.")[0])
          .distinct()
          .sorted()
          .toList();

  /** Rooms that put things together, where a ring is as bad. */
  static final List<String> RINGLESS =
      Stream.concat(
              ROOMS.stream().map(room -> DIALECTS + room),
              Stream.of("io.sluice.dialect", "io.sluice.command", "io.sluice.assembly"))
          .toList();

  @Test
  void findsTheRooms() {
    assertThat(ROOMS).contains("isometric", "orum", "scrip", "corebanq", "pebble");
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void everyRoomHasItsRoles(String room) {
    // When
    Set<String> files = files(DIALECTS + room);

    // Then
    assertThat(files).containsAll(ROLES);
    assertThat(files).filteredOn(file -> file.endsWith("Dialect")).hasSize(1);
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void noFileOfARoomButTheDialectBearsTheProvidersName(String room) {
    // When
    Set<String> files = files(DIALECTS + room);

    // Then
    assertThat(files)
        .filteredOn(file -> file.toLowerCase(java.util.Locale.ROOT).startsWith(room))
        .filteredOn(file -> !file.matches(".*(Dialect|Test|World|Fixture|Reply|Tenant).*"))
        .isEmpty();
  }

  @ParameterizedTest
  @FieldSource("RINGLESS")
  void noFilesKnowEachOtherInARing(String room) {
    // When
    List<Set<String>> rings = rings(arrows(room));

    // Then
    assertThat(rings).isEmpty();
  }

  @Test
  void noRoomKnowsAnother() {
    // When
    Set<String> arrows = new TreeSet<>();
    for (Dependency arrow : ARROWS) {
      String from = room(arrow.getOriginClass());
      String to = room(arrow.getTargetClass());
      if (isMain(arrow.getOriginClass()) && !from.isEmpty() && !to.isEmpty() && !from.equals(to)) {
        arrows.add(arrow.getOriginClass().getName() + " → " + arrow.getTargetClass().getName());
      }
    }

    // Then
    assertThat(arrows).isEmpty();
  }

  @Test
  void onlyTheAssemblyKnowsRooms() {
    // When
    Set<String> arrows =
        ARROWS.stream()
            .filter(arrow -> isMain(arrow.getOriginClass()))
            .filter(arrow -> !room(arrow.getTargetClass()).isEmpty())
            .filter(arrow -> room(arrow.getOriginClass()).isEmpty())
            .map(arrow -> arrow.getOriginClass().getPackageName())
            .collect(Collectors.toCollection(TreeSet::new));

    // Then
    assertThat(arrows).containsExactly("io.sluice.assembly");
  }

  private static Set<String> files(String room) {
    return ALL.stream()
        .filter(type -> type.getPackageName().equals(room))
        .map(RoomsTest::file)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Which files of a package know which; of the main sources, or of the made-up room. */
  private static Map<String, Set<String>> arrows(String room) {
    boolean madeUp = room.equals(DIALECTS + "pebble");
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (Dependency arrow : ARROWS) {
      JavaClass from = arrow.getOriginClass();
      JavaClass to = arrow.getTargetClass();
      if (from.getPackageName().equals(room)
          && to.getPackageName().equals(room)
          && (madeUp || isMain(from))
          && !file(from).equals(file(to))) {
        arrows.computeIfAbsent(file(from), x -> new TreeSet<>()).add(file(to));
      }
    }
    return arrows;
  }

  private static boolean isMain(JavaClass type) {
    return type.getSource().stream()
        .noneMatch(source -> source.getUri().getPath().contains("/test-classes/"));
  }

  /** The room of a class, be it a dialect's or that of its own tables; empty for other places. */
  private static String room(JavaClass type) {
    return Stream.of(DIALECTS, "io.sluice.store.")
        .filter(type.getPackageName()::startsWith)
        .map(above -> type.getPackageName().substring(above.length()).split("\\.")[0])
        .filter(ROOMS::contains)
        .findFirst()
        .orElse("");
  }

  private static String file(JavaClass type) {
    JavaClass outer = type.getBaseComponentType();
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer.getSimpleName().isEmpty() ? outer.getName() : outer.getSimpleName();
  }

  /** Files that reach each other: two are in one ring when each can be reached from the other. */
  private static List<Set<String>> rings(Map<String, Set<String>> arrows) {
    Map<String, Set<String>> reached = new HashMap<>();
    arrows.keySet().forEach(file -> reached.put(file, reach(file, arrows)));
    List<Set<String>> rings = new ArrayList<>();
    for (String file : arrows.keySet()) {
      Set<String> ring =
          reached.get(file).stream()
              .filter(other -> reached.getOrDefault(other, Set.of()).contains(file))
              .collect(Collectors.toCollection(TreeSet::new));
      if (ring.size() > 1 && !rings.contains(ring)) {
        rings.add(ring);
      }
    }
    return rings;
  }

  private static Set<String> reach(String from, Map<String, Set<String>> arrows) {
    Set<String> seen = new TreeSet<>();
    List<String> open = new ArrayList<>(arrows.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      String file = open.removeLast();
      if (seen.add(file)) {
        open.addAll(arrows.getOrDefault(file, Set.of()));
      }
    }
    return seen;
  }
}
