package io.nightjar.job.ensemble;

import io.nightjar.job.options.Progress;
import io.nightjar.job.options.StageWork;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the evaluation of a member reports, as a part of the whole: categories with the name of the
 * member. Whose folder for the results it is, the whole reports.
 *
 * @param whole the listener of the ensemble
 */
public record MemberProgress(Progress whole, String member) implements Progress {

  @Override
  public void begins(Map<String, Integer> images) {
    Map<String, Integer> named = new LinkedHashMap<>();
    images.forEach((category, count) -> named.put(named(category), count));
    whole.begins(named);
  }

  @Override
  public void stage(String category, StageWork work) {
    whole.stage(named(category), work);
  }

  @Override
  public void leftOut(String category, int files) {
    whole.leftOut(named(category), files);
  }

  @Override
  public void finished(String category, String summary) {
    whole.finished(named(category), summary);
  }

  @Override
  public void failed(String category, String reason) {
    whole.failed(named(category), reason);
  }

  private String named(String category) {
    return Text.format("%s (%s)", category, member);
  }
}
