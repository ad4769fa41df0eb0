package io.trailwarden.dialect.shell;

import java.util.List;

/// A command as it is written, taken apart into what runs one after the other, and each of these into what is piped.
///
/// A group, a loop or a subshell is one stage, whatever is in it.
///
/// @param whole what all of it does together
/// @param lines in the order written; empty when nothing could be read
/// @param leftOut stages beyond [#MOST_STAGES], which are not among the lines
public record CommandOutline(CommandFacts whole, List<Line> lines, int leftOut) {

    /// Most stages that are told apart. Nobody reads further, and each costs a box on somebody's screen.
    public static final int MOST_STAGES = 60;

    public CommandOutline {
        lines = List.copyOf(lines);
    }

    /// How a line follows the one before it.
    public enum Joint {
        /// It begins the command.
        FIRST,
        /// `;` or a line break: whatever became of the one before.
        THEN,
        /// `&&`: only when the one before worked.
        IF_IT_WORKED,
        /// `||`: only when the one before failed.
        IF_IT_FAILED,
        /// `&`: while the one before still runs.
        MEANWHILE
    }

    /// One pipeline: each stage's output is the next one's input.
    public record Line(Joint joint, List<Stage> stages) {
        public Line {
            stages = List.copyOf(stages);
        }
    }

    /// One stage.
    ///
    /// @param text as written
    /// @param facts what it does, given what the stages before it left: variables, files, what flows in
    public record Stage(String text, CommandFacts facts) {
    }
}
