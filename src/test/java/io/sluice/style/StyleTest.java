package io.sluice.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PrimitiveTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.type.TypeKind;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class StyleTest {
  private static final int MAX_METHOD_LINES = 60;
  private static final int MAX_FILE_LINES = 400;
  private static final int MAX_TEST_FILE_LINES = 600;
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Set<String> EXACT_PACKAGES =
      Set.of("ledger", "store", "pipeline", "dialect");

  @Test
  void isFormatted() {
    // When
    List<Path> unformatted =
        Sources.all().parallelStream()
            .filter(
                file -> {
                  String source = Sources.read(file);
                  return !FormatSources.format(source).equals(source);
                })
            .toList();

    // Then
    assertThat(unformatted).as("run mvn -q test-compile exec:exec@format").isEmpty();
  }

  @Test
  void keepsFilesShort() {
    // When
    List<Path> tooLong =
        Sources.all().stream()
            .filter(
                file ->
                    Sources.lines(file).size()
                        > (Sources.isMain(file) ? MAX_FILE_LINES : MAX_TEST_FILE_LINES))
            .toList();

    // Then
    assertThat(tooLong)
        .as("more than %d lines, %d in a test", MAX_FILE_LINES, MAX_TEST_FILE_LINES)
        .isEmpty();
  }

  @Test
  void leavesNothingUnfinished() {
    // When
    List<Path> unfinished =
        Sources.all().stream()
            .filter(file -> UNFINISHED.matcher(Sources.read(file)).find())
            .toList();

    // Then
    assertThat(unfinished).isEmpty();
  }

  @Test
  void keepsMethodsShortAndAvoidsWhatIsBanned() throws IOException {
    // When
    List<String> problems = problems(Sources.all());

    // Then
    assertThat(problems).isEmpty();
  }

  private static List<String> problems(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> problems = new ArrayList<>();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Inspector(unit, positions, problems).scan(unit, null);
      }
    }
    return problems;
  }

  private static final class Inspector extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> problems;
    private final boolean main;
    private final boolean exact;

    Inspector(CompilationUnitTree unit, SourcePositions positions, List<String> problems) {
      this.unit = unit;
      this.positions = positions;
      this.problems = problems;
      String[] packages = String.valueOf(unit.getPackageName()).split("\\.");
      this.main = unit.getSourceFile().toUri().getPath().contains("/src/main/");
      this.exact = main && packages.length > 2 && EXACT_PACKAGES.contains(packages[2]);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, method));
      long end = positions.getEndPosition(unit, method);
      if (end >= 0 && lines.getLineNumber(end) - first + 1 > MAX_METHOD_LINES) {
        report(method, method.getName() + " has more than " + MAX_METHOD_LINES + " lines");
      }
      return super.visitMethod(method, nothing);
    }

    @Override
    public Void visitMemberSelect(MemberSelectTree select, Void nothing) {
      String text = select.toString();
      if (text.equals("Thread.sleep") || main && text.endsWith("toCompletableFuture().get")) {
        report(select, text + " blocks");
      }
      if (select.getIdentifier().contentEquals("printStackTrace")) {
        report(select, "log the exception instead");
      }
      return super.visitMemberSelect(select, nothing);
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
      if (annotation.getAnnotationType().toString().startsWith("Disabled")) {
        report(annotation, "a test is switched off");
      }
      return super.visitAnnotation(annotation, nothing);
    }

    @Override
    public Void visitPrimitiveType(PrimitiveTypeTree type, Void nothing) {
      if (type.getPrimitiveTypeKind() == TypeKind.DOUBLE
          || type.getPrimitiveTypeKind() == TypeKind.FLOAT) {
        inexact(type);
      }
      return super.visitPrimitiveType(type, nothing);
    }

    @Override
    public Void visitIdentifier(IdentifierTree identifier, Void nothing) {
      if (identifier.getName().contentEquals("Double")
          || identifier.getName().contentEquals("Float")) {
        inexact(identifier);
      }
      return super.visitIdentifier(identifier, nothing);
    }

    private void inexact(Tree tree) {
      if (exact) {
        report(tree, tree + " is not exact");
      }
    }

    private void report(Tree tree, String problem) {
      long line = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
      problems.add(Path.of(unit.getSourceFile().toUri()) + ":" + line + " " + problem);
    }
  }
}
