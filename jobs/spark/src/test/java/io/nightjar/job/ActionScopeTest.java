package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.Refit;
import io.nightjar.job.options.StageWork;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An action shares its Spark context with whatever else the caller does there. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionScopeTest {
  private static final String TAGS = "spark.job.tags";

  // Executors of local mode are in this process.
  private static final CountDownLatch STARTED = new CountDownLatch(1);
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private SparkSession spark;
  private SparkContext context;
  private Path work;
  private Path data;

  @BeforeAll
  void generate(@TempDir Path directory) {
    spark = Sparks.local(2);
    context = spark.sparkContext();
    work = directory;
    data = TinyDataset.generate(directory.resolve("data"));
  }

  @AfterEach
  void clear() {
    context.setLocalProperties(new Properties());
  }

  private EvaluateDataset evaluation(String out) {
    return new EvaluateDataset(spark)
        .options(TinyEvaluation.options().visualizations(1).build())
        .data(data.toString())
        .categories(List.of("bottle"))
        .backbone(TinyDataset.backbone())
        .out(work.resolve(out).toString());
  }

  @Test
  void theCallersThreadIsAsBefore() {
    context.setJobGroup("my cell", "my words", true);
    context.addJobTag("my-tag");
    context.setLocalProperty("spark.scheduler.pool", "my-pool");
    context.setLocalProperty("my.property", "mine");
    Properties before = (Properties) context.getLocalProperties().clone();

    evaluation("as-before").execute();

    assertThat(context.getLocalProperties()).isEqualTo(before);
    assertThatThrownBy(() -> evaluation("as-before").execute())
        .as("without --overwrite")
        .isInstanceOf(InvalidInputException.class);
    assertThat(context.getLocalProperties()).isEqualTo(before);
  }

  @Test
  void everyJobHasTheRunsTagNextToTheCallersOwn() throws Exception {
    context.setJobGroup("my cell", "my words", true);
    context.addJobTag("my-tag");
    List<Properties> jobs = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.add(job.properties());
          }
        };
    context.addSparkListener(listener);
    try {
      evaluation("tagged").execute();
      waitForListeners();
    } finally {
      context.removeSparkListener(listener);
    }

    assertThat(jobs)
        .hasSizeGreaterThan(6)
        .allSatisfy(
            job -> {
              assertThat(job.getProperty(TAGS)).contains("my-tag").contains("nightjar-");
              assertThat(job.getProperty("spark.jobGroup.id")).isEqualTo("my cell");
              assertThat(job.getProperty("spark.job.interruptOnCancel")).isEqualTo("false");
            });
    assertThat(jobs)
        .extracting(job -> job.getProperty(TAGS))
        .as("one run, one tag, in every thread")
        .containsOnly(jobs.get(0).getProperty(TAGS));
    assertThat(jobs)
        .extracting(job -> job.getProperty("spark.job.description"))
        .contains("bottle: embed normal images", "draw 3 visualizations");
    assertThat(jobs)
        .as("SQL, whose jobs have tags of their own from Spark 4 on, begins none")
        .allMatch(job -> job.getProperty("spark.sql.execution.id") == null);
  }

  /** The tracker of jobs would not do: it hears of them by a queue of its own. */
  private void waitForListeners() throws Exception {
    context.listenerBus().waitUntilEmpty(TimeUnit.MINUTES.toMillis(10));
  }

  @Test
  void cancellingEndsItsOwnJobsAlone() throws Exception {
    JavaSparkContext java = JavaSparkContext.fromSparkContext(context);
    CompletableFuture<List<Integer>> unrelated =
        CompletableFuture.supplyAsync(
            () -> java.parallelize(List.of(20), 1).map(ActionScopeTest::waitForRelease).collect());
    assertThat(STARTED.await(10, TimeUnit.MINUTES)).isTrue();
    AtomicReference<EvaluateDataset> running = new AtomicReference<>();
    EvaluateDataset evaluation =
        evaluation("cancelled")
            .progress(
                new Progress() {
                  @Override
                  public void stage(String category, StageWork work) {
                    if (work.name().equals("embed normal images")) {
                      new Thread(() -> running.get().cancel()).start();
                    }
                  }
                });
    running.set(evaluation);

    assertThatThrownBy(evaluation::execute)
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("was cancelled");

    assertThat(unrelated).isNotDone();
    RELEASED.countDown();
    assertThat(unrelated.get(10, TimeUnit.MINUTES)).containsExactly(21);
    assertThat(work.resolve("cancelled/metrics.json")).doesNotExist();
  }

  private static int waitForRelease(int number) throws InterruptedException {
    STARTED.countDown();
    if (!RELEASED.await(20, TimeUnit.MINUTES)) {
      throw new IllegalStateException("The test did not go on");
    }
    return number + 1;
  }

  @Test
  void anActionThatWasCancelledDoesNotBegin() {
    EvaluateDataset evaluation = evaluation("never");
    evaluation.cancel();

    assertThatThrownBy(evaluation::execute).isInstanceOf(CancellationException.class);
    assertThat(work.resolve("never/metrics.json")).doesNotExist();
  }

  @Test
  void aMissingNetworkIsRefusedInASentence() {
    String out = work.resolve("no-network").toString();
    assertNoNetwork(new EvaluateDataset(spark).data(data.toString()).out(out));
    assertNoNetwork(new ScoreImages(spark).bank("banks").data(data.toString()).out(out));
    assertNoNetwork(new BuildBanks(spark).data(data.toString()).banks(out));
    assertNoNetwork(new UpdateBanks(spark).data(data.toString()).banks(out));
    assertNoNetwork(new UpdateBanks(spark).banks(out).refit(Refit.ALWAYS));
    assertThat(work.resolve("no-network")).doesNotExist();
  }

  private static void assertNoNetwork(SparkAction<?, ?> action) {
    assertThatThrownBy(action::execute)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            action.getClass().getSimpleName()
                + " embeds images, but no network was named; name one with backbone(...).");
  }
}
