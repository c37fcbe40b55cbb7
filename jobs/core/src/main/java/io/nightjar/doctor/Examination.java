package io.nightjar.doctor;

import io.nightjar.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes checks, one group after the other; none can end another. */
public final class Examination {
  private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

  private final List<Section> sections = new ArrayList<>();
  private final Consumer<Section> listener;

  /**
   * An examination without findings.
   *
   * @param listener takes each group's findings as soon as the group is done
   */
  public Examination(Consumer<Section> listener) {
    this.listener = listener;
  }

  /**
   * Makes a group of checks.
   *
   * @param limit after which the group is given up; what it found until then is kept
   */
  public void section(String name, Duration limit, Check check) {
    List<Finding> found = new ArrayList<>();
    long begun = System.nanoTime();
    try {
      TimeLimit.call(
          limit,
          () -> {
            check.run(
                finding -> {
                  synchronized (found) {
                    found.add(finding);
                  }
                });
            return true;
          });
    } catch (CancellationException e) {
      throw e;
    } catch (TimeoutException e) {
      add(
          found,
          new Finding.Problem(
              name,
              Text.format(
                  "The checks did not end within %s and were given up.", TimeLimit.words(limit)),
              "Run it again with a longer --timeout; if it hangs again, the log and a thread dump"
                  + " (jcmd PID Thread.print) say where.",
              Map.of("limit_seconds", limit.toMillis() / 1e3)));
    } catch (Exception e) {
      LOG.info("The checks of {} broke", name, e);
      add(found, broken(name, e instanceof ExecutionException ? e.getCause() : e));
    }
    synchronized (found) {
      Section section = new Section(name, (System.nanoTime() - begun) / 1e9, found);
      sections.add(section);
      listener.accept(section);
    }
  }

  private static void add(List<Finding> found, Finding finding) {
    synchronized (found) {
      found.add(finding);
    }
  }

  /** Of a check that ended with an exception that it does not know. */
  private static Finding broken(String subject, Throwable failure) {
    return Finding.problem(
        subject,
        Text.format("The check itself broke: %s.", reason(failure)),
        "The log has the details; report them if the sentence does not explain itself.");
  }

  /** An exception on one line, with the kind where its message alone says too little. */
  public static String reason(Throwable failure) {
    String message = failure.getMessage();
    String line =
        message == null || message.isBlank()
            ? failure.getClass().getSimpleName()
            : failure.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
    return line.replaceFirst("[. ]+$", "");
  }

  /** The findings so far. */
  public List<Section> sections() {
    return List.copyOf(sections);
  }
}
