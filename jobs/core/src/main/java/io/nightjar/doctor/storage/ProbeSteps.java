package io.nightjar.doctor.storage;

import io.nightjar.doctor.Finding;
import io.nightjar.doctor.TimeLimit;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of a probe, each with a time limit; after one that hangs, none is tried. */
final class ProbeSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ProbeSteps.class);

  private final String uri;
  private final Duration limit;
  private final Consumer<Finding> findings;
  private volatile boolean isHanging;

  ProbeSteps(String uri, Duration limit, Consumer<Finding> findings) {
    this.uri = uri;
    this.limit = limit;
    this.findings = findings;
  }

  /** Whether a step was given up; what it was doing may still happen. */
  boolean isHanging() {
    return isHanging;
  }

  /**
   * Does a step; a failure is a problem.
   *
   * @param subject of the finding
   * @param purpose completes "It cannot be ...", such as "listed"
   * @param work the step
   * @param finding of what the step gave, with the seconds that it took in the figures
   * @return what the step gave; empty where it failed or was not tried
   */
  <T> Optional<T> step(
      String subject,
      String purpose,
      Callable<T> work,
      BiFunction<T, Map<String, Object>, Finding> finding) {
    if (isHanging) {
      return Optional.empty();
    }
    long begun = System.nanoTime();
    try {
      T result = TimeLimit.call(limit, work);
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("seconds", (System.nanoTime() - begun) / 1e9);
      findings.accept(finding.apply(result, figures));
      return Optional.of(result);
    } catch (CancellationException e) {
      throw e;
    } catch (Exception e) {
      isHanging = e instanceof TimeoutException;
      findings.accept(problem(subject, purpose, e));
      return Optional.empty();
    }
  }

  /** Does what need not succeed, such as deleting what could not be written. */
  void quietly(Callable<?> work) {
    try {
      TimeLimit.call(limit, work);
    } catch (CancellationException e) {
      throw e;
    } catch (Exception e) {
      LOG.debug("What could not be written at {} cannot be deleted either", uri, e);
    }
  }

  private Finding problem(String subject, String purpose, Exception e) {
    Throwable failure = e instanceof ExecutionException ? e.getCause() : e;
    PlaceFault fault = PlaceFault.of(uri, failure);
    String sentence =
        isHanging
            ? Text.format(
                "It cannot be %s: there was no answer within %s, and nothing more was tried.",
                purpose, TimeLimit.words(limit))
            : Text.format("It cannot be %s: %s.", purpose, fault.reason());
    Map<String, Object> figures = new HashMap<>();
    figures.put("limit_seconds", limit.toMillis() / 1e3);
    return new Finding.Problem(subject, sentence, fault.remedy(), figures);
  }
}
