package io.nightjar.job.measure;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.run.FileOutcome;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * A pass over images whose maps are there, one after the other. An image that cannot be counted is
 * entered with the reason, and left out.
 *
 * @param <T> an image with its maps
 */
public interface CountingPass<T> extends FlatMapFunction<Iterator<T>, ScoredPart> {

  /** The image itself. */
  ImageRef image(T counted);

  /** Counts an image. */
  void count(T counted, ScoredPart part) throws UnreadableFileException;

  /** Receives the images that cannot be counted; a task that runs twice enters them twice. */
  CollectionAccumulator<FileOutcome> outcomes();

  /** Images that have been handled, for the progress line. */
  LongAccumulator handled();

  /** Follows the tasks. */
  TaskWatch watch();

  @Override
  default Iterator<ScoredPart> call(Iterator<T> images) {
    watch().begin();
    ScoredPart part = ScoredPart.empty();
    while (images.hasNext()) {
      SecondPass.endIfCancelled();
      T counted = images.next();
      try {
        count(counted, part);
      } catch (UnreadableFileException e) {
        outcomes().add(new FileOutcome(image(counted).relativePath(), "", e.reason()));
      }
      handled().add(1);
    }
    return List.of(part).iterator();
  }
}
