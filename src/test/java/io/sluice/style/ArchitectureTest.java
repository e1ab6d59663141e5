package io.sluice.style;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.vertx.core.http.HttpServerRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The arrows between the packages: command, assembly, gateway, dialect, pipeline, store, ledger;
 * config, loop and share below all.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sluice");
  private static final String[] DATABASE_PACKAGES = {
    "io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..", "javax.sql..", "org.postgresql.."
  };

  @Test
  void keepsTheLedgerPure() {
    classes()
        .that()
        .resideInAPackage("io.sluice.ledger..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.sluice.ledger..", "java..")
        .check(CLASSES);
  }

  @Test
  void keepsSealsPure() {
    classes()
        .that()
        .resideInAPackage("io.sluice.seal..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.sluice.seal..", "java..")
        .check(CLASSES);
  }

  @Test
  void keepsConfigurationBelowAll() {
    classes()
        .that()
        .resideInAPackage("io.sluice.config..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.sluice.config..", "java..", "com.sun.security.auth.module..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void keepsEventLoopsBelowAll() {
    classes()
        .that()
        .resideInAPackage("io.sluice.loop..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.sluice.loop..",
            "java..",
            "javax.net.ssl..",
            "io.vertx.core..",
            "io.vertx.sqlclient..",
            "io.netty..")
        .check(CLASSES);
  }

  @Test
  void keepsTheInsideOfVertxInOneRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.loop..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..internal..", "io.vertx..impl..")
        .check(CLASSES);
  }

  /** The rest of the pipeline belongs to its event loop, and is not public. */
  @Test
  void sharesOnlyWhatCannotTearBetweenThePipelineAndOtherThreads() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.sluice.pipeline..")
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .beFinal()
        .check(CLASSES);
    fields()
        .that()
        .areDeclaredInClassesThat()
        .haveFullyQualifiedName("io.sluice.pipeline.Vitals")
        .should()
        .haveModifier(JavaModifier.VOLATILE)
        .check(CLASSES);
  }

  @Test
  void letsTheStoreSeeOnlyLedgerAndConfig() {
    mayOnlySee("store", "loop", "share", "ledger", "config", "seal");
  }

  /** Where rows belong follows from the catalog alone. */
  @Test
  void keepsTheDistributionOfTablesBelowTheStore() {
    classes()
        .that()
        .resideInAPackage("io.sluice.store.shard..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.sluice.store.shard..", "java..", "javax.sql..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void letsThePipelineSeeOnlyWhatIsBelow() {
    mayOnlySee("pipeline", "store", "loop", "share", "ledger", "config");
  }

  @Test
  void letsAccessSeeOnlyWhatIsBelow() {
    mayOnlySee("access", "store", "loop", "share", "ledger", "config");
  }

  @Test
  void letsDialectsSeeOnlyWhatIsBelow() {
    mayOnlySee("dialect", "pipeline", "access", "store", "loop", "share", "ledger", "config");
  }

  @Test
  void letsTheGatewaySeeOnlyWhatIsBelow() {
    mayOnlySee(
        "gateway", "dialect", "pipeline", "access", "store", "loop", "share", "ledger", "config");
  }

  @Test
  void letsOperationsSeeOnlyWhatIsBelow() {
    mayOnlySee(
        "operations",
        "gateway",
        "dialect",
        "pipeline",
        "access",
        "store",
        "loop",
        "share",
        "ledger",
        "config",
        "seal");
  }

  @Test
  void letsEventsSeeOnlyWhatIsBelow() {
    mayOnlySee(
        "events", "dialect", "pipeline", "access", "store", "loop", "share", "ledger", "config");
  }

  @Test
  void letsTracingSeeOnlyWhatIsBelow() {
    mayOnlySee(
        "tracing",
        "gateway",
        "dialect",
        "pipeline",
        "access",
        "store",
        "loop",
        "share",
        "ledger",
        "config");
  }

  /** So that nothing of it is loaded where nothing is traced. */
  @Test
  void keepsOpenTelemetryInOneRoom() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.tracing..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(CLASSES);
  }

  @Test
  void letsTheAssemblySeeAllButTheCommands() {
    noClasses()
        .that()
        .resideInAPackage("io.sluice.assembly..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.sluice", "io.sluice.command..")
        .check(CLASSES);
  }

  @Test
  void keepsSqlInTheStore() {
    noClasses()
        .that()
        .resideInAnyPackage("io.sluice.dialect..", "io.sluice.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DATABASE_PACKAGES)
        .check(CLASSES);
  }

  /** All value moves by commands, which are decided under the locks of what they touch. */
  @Test
  void letsOnlyThePipelineDecideAndWriteBooks() {
    classes()
        .that()
        .haveNameMatching("io\\.sluice\\.(store\\.BooksSession|ledger\\.(Decider|Changes|Needs))")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage("io.sluice.pipeline", "io.sluice.store", "io.sluice.ledger")
        .check(CLASSES);
  }

  /** {@code getHeader} takes the first of two lines that say different things. */
  @Test
  void readsHeadersInOneWay() {
    noClasses()
        .should()
        .callMethodWhere(readsOneHeader())
        .because("dialect.Headers refuses a header that is given twice")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sluice.gateway..")
        .should()
        .callMethod(HttpServerRequest.class, "headers")
        .check(CLASSES);
  }

  /** Another way would let in moments that cannot be stored, or of another grammar. */
  @Test
  void readsMomentsInOneWay() {
    noClasses()
        .that()
        .resideInAnyPackage("io.sluice.dialect..", "io.sluice.operations..")
        .and()
        .haveNameNotMatching("io\\.sluice\\.dialect\\.(TimeGrammar|(\\w+\\.)?Demo\\w*)")
        .should()
        .callMethodWhere(
            describe(
                "a moment is read",
                call ->
                    call.getTargetOwner().getName().matches("java\\.time\\.(Instant|.*DateTime)")
                        && call.getName().equals("parse")))
        .because("dialect.TimeGrammar knows which moments there are")
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaMethodCall> readsOneHeader() {
    return describe(
        "reads a header of a request",
        call ->
            call.getTargetOwner().isEquivalentTo(HttpServerRequest.class)
                && call.getName().equals("getHeader"));
  }

  /** What a dialect has in its own room, and in the store's room of the same name. */
  @Test
  void keepsDialectsApart() {
    slices()
        .matching("io.sluice.[dialect|store].(*)..")
        .should()
        .notDependOnEachOther()
        // Which are no dialect's, but the store's part of access and of events.
        .ignoreDependency(
            alwaysTrue(), resideInAnyPackage("io.sluice.store.access", "io.sluice.store.events"))
        .check(CLASSES);
  }

  @Test
  void letsOnlyTheAssemblySeeDialects() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sluice.assembly", "io.sluice.dialect.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.sluice.dialect.*..")
        .check(CLASSES);
  }

  @Test
  void hasNoCycles() {
    slices().matching("io.sluice.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"command", "assembly", "config", "operations", "access"})
  void hasNoCyclesBetweenTheFilesOf(String room) {
    slices().assignedFrom(new FilesOf(room)).should().beFreeOfCycles().check(CLASSES);
  }

  private static void mayOnlySee(String room, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(room), Stream.of(others))
            .map(other -> "io.sluice." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("io.sluice." + room + "..")
        .should()
        .dependOnClassesThat(
            describe(
                "are Sluice's, but neither in " + room + " nor below it",
                target ->
                    target.getPackageName().startsWith("io.sluice")
                        && Stream.of(allowed)
                            .noneMatch(
                                pattern ->
                                    (target.getPackageName() + ".")
                                        .startsWith(pattern.substring(0, pattern.length() - 1)))))
        .check(CLASSES);
  }

  /** One slice for each file of a room, with all the classes that are in it. */
  private record FilesOf(String room) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().equals("io.sluice." + room)
          ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "the files of " + room;
    }
  }
}
