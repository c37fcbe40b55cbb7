package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator of a cluster reads in the log what begins, where banks lie, and how it ends. */
@Tag("slow")
class ActionLogTest {

  /** Keeps the lines of level INFO. */
  private static final class Lines extends AbstractAppender {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      if (event.getLevel().equals(Level.INFO)) {
        lines.add(event.getMessage().getFormattedMessage());
      }
    }
  }

  /** The lines that some work logs. */
  private static List<String> logged(Runnable work) {
    Logger logger = (Logger) LogManager.getLogger("io.nightjar.job");
    Level before = logger.getLevel();
    Lines log = new Lines();
    log.start();
    logger.addAppender(log);
    Configurator.setLevel(logger.getName(), Level.INFO);
    try {
      work.run();
    } finally {
      logger.removeAppender(log);
      Configurator.setLevel(logger.getName(), before);
    }
    return log.lines;
  }

  @Test
  void anActionWithoutAResultHasAnEnd(@TempDir Path work) {
    String secret = "s3a://key:secret@runs/nightly";
    CompareRuns comparison =
        new CompareRuns(new Configuration())
            .baseline(work.resolve("absent").toString())
            .candidates(List.of(secret));

    assertThat(
            logged(
                () ->
                    assertThatThrownBy(comparison::execute)
                        .isInstanceOf(InvalidInputException.class)))
        .noneSatisfy(line -> assertThat(line).contains("secret"))
        .anySatisfy(line -> assertThat(line).startsWith("CompareRuns begins: {"))
        .anySatisfy(line -> assertThat(line).startsWith("CompareRuns ended without a result: "));
  }

  @Test
  void beginningPlacementAndEndAreLogged(@TempDir Path work) {
    EvaluateDataset evaluation =
        new EvaluateDataset(Sparks.local(2))
            .options(TinyEvaluation.options().broadcastLimit(64 * 1792).build())
            .data(TinyDataset.generate(work.resolve("data")).toString())
            .categories(List.of("bottle"))
            .backbone(TinyDataset.backbone())
            .out(work.resolve("out").toString());

    assertThat(logged(evaluation::execute))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("EvaluateDataset begins: {category=[bottle]")
                    .contains("backbone=resnet18", "variance=0.95", "chunk_images=2"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "Bank of bottle: 576 rows of \\d+ values, \\d+ bytes,"
                            + " (broadcast|sharded \\(\\d+ shards\\))"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches("EvaluateDataset ended after \\d+ s: 1 category evaluated, 0 failed"));
  }
}
