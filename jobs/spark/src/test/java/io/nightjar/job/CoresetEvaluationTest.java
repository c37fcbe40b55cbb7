package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.report.CategoryResult;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations with part of the bank. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoresetEvaluationTest {
  /** Of 9 images with 8 x 8 patches each. */
  private static final int ROWS = 576;

  private SparkSession spark;
  private Path work;
  private Path data;

  @BeforeAll
  void generate(@TempDir Path directory) {
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
    spark = Sparks.local(2);
  }

  @Test
  void wholeBankIsTheBankBitForBit() {
    TinyEvaluation expected = run("full", TinyEvaluation.options());

    CoresetOptions all = new CoresetOptions(1, CoresetMethod.RANDOM, 9);
    assertThat(run("all", TinyEvaluation.options().coreset(all))).isEqualTo(expected);
  }

  @Test
  void partitionsChangeNothing() {
    CoresetOptions tenth = new CoresetOptions(0.1, CoresetMethod.GREEDY, 3);

    TinyEvaluation one = run("one", TinyEvaluation.options().coreset(tenth).partitions(1));
    TinyEvaluation many = run("many", TinyEvaluation.options().coreset(tenth).partitions(5));

    assertThat(many).isEqualTo(one);
  }

  @Test
  void resultSaysHowManyRowsWereKept() {
    for (CoresetMethod method : CoresetMethod.values()) {
      List<CategoryResult> results = evaluate(method.id(), new CoresetOptions(0.1, method, 0));

      assertThat(results).extracting(CategoryResult::bankRows).containsExactly(58L, 58L);
      assertThat(results)
          .allSatisfy(
              result ->
                  assertThat(result.notes())
                      .anyMatch(note -> note.contains("58 of " + ROWS + " rows")));
      assertThat(results)
          .allSatisfy(result -> assertThat(result.stageSeconds()).containsKeys("bank", "coreset"));
    }
  }

  @Test
  void coresetWithoutARowIsRefusedBeforeWork() {
    assertThatThrownBy(() -> evaluate("none", new CoresetOptions(1e-4, CoresetMethod.GREEDY, 0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--coreset")
        .hasMessageContaining(ROWS + " rows");
    assertThat(work.resolve("none")).doesNotExist();
  }

  private TinyEvaluation run(String name, EvaluationOptions.Builder options) {
    EvaluateDataset evaluation =
        new EvaluateDataset(spark)
            .data(data.toString())
            .categories(List.of("carpet"))
            .backbone(TinyDataset.backbone())
            .options(options.build());
    return TinyEvaluation.run(spark, evaluation, work.resolve(name));
  }

  private List<CategoryResult> evaluate(String name, CoresetOptions coreset) {
    return new EvaluateDataset(spark)
        .data(data.toString())
        .backbone(TinyDataset.backbone())
        .out(work.resolve(name).toString())
        .options(TinyEvaluation.options().coreset(coreset).build())
        .execute()
        .report()
        .categories();
  }
}
