package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.testing.Repository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python itself says of the files in Python, without PySpark. */
class PythonSyntaxTest {
  @TempDir Path work;

  @BeforeEach
  void requirePython() throws Exception {
    assumeTrue(Python.isThere(work), "Skipped: there is no python3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nightjar.py", "01-evaluate.py", "03-compare.py"})
  void compiles(String file) throws Exception {
    Python.Ended ended =
        Python.run(
            work,
            Map.of(),
            List.of(
                "-c",
                "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())",
                Repository.file("notebooks/" + file).toString()));

    assertThat(ended.exitCode()).as(ended.printed()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"01-evaluate.py", "03-compare.py"})
  void startsAsDatabricksReadsNotebooks(String file) {
    assertThat(Repository.file("notebooks/" + file))
        .content()
        .startsWith("# Databricks notebook source\n")
        .contains("# COMMAND ----------");
  }

  @ParameterizedTest
  @CsvSource({
    "varience, 'evaluate has no option varience; did you mean variance?'",
    "zzz, 'evaluate has no option zzz; there are scope, variance.'",
  })
  void unknownOptionsAreRefusedInASentence(String name, String sentence) throws Exception {
    assertThat(
            helper("print(nightjar._unknown('evaluate', '" + name + "', ['variance', 'scope']))"))
        .isEqualTo(sentence);
  }

  @Test
  void optionsAreNamedAsInTheRecordsOfRuns() throws Exception {
    assertThat(helper("print(nightjar._snake('weightsSha256'), nightjar._snake('pcaSolver'))"))
        .isEqualTo("weights_sha256 pca_solver");
  }

  private String helper(String code) throws Exception {
    Python.Ended ended =
        Python.run(
            work,
            Map.of("PYTHONPATH", Repository.file("notebooks").toString()),
            List.of("-c", "import nightjar; " + code));
    assertThat(ended.exitCode()).as(ended.printed()).isZero();
    return ended.printed().strip();
  }
}
