namespace Deconv.Tests.Architecture;

/// <summary>
/// The rooms' arrows: a file mentions only types of its own room and of those that its room may use.
/// </summary>
[TestClass]
public sealed class ArrowTests
{
    private const int MaxLines = 300;

    /// <summary>Each may use those to its right.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Deconv.Core"] = ["Frontends", "Operators", "Runtime", "Tuning", "Planning", "Geometry", "Formats"],
        ["Deconv.Kernels"] =
        [
            "Variants", "Gather", "Panel", "Winograd", "Shared", "Tiled", "Direct", "Projection", "Simd", "Offline", "Launch", "Formats", "Regions",
            "Problem", "Intrinsics",
        ],
    };

    public static IEnumerable<object[]> ProjectRows => Rooms.Keys.Select(project => new object[] { project });

    [TestMethod]
    [DynamicData(nameof(ProjectRows))]
    public void A_room_mentions_only_rooms_to_its_right(string project)
    {
        string[] rooms = Rooms[project];
        Dictionary<string, string[]> allowed = rooms.ToDictionary(
            room => room, room => rooms[(Array.IndexOf(rooms, room) + 1)..]);

        Assert.IsEmpty(BrokenArrows(SourceText.Read(project), allowed));
    }

    [TestMethod]
    public void The_kernels_mention_no_type_of_the_core()
    {
        Dictionary<string, string> core = RoomsByType(SourceText.Read("Deconv.Core"));

        string[] broken =
        [
            .. from file in SourceText.Read("Deconv.Kernels")
               from type in SourceText.Words(file.Text)
               where core.ContainsKey(type)
               select $"{file} mentions {type} of Deconv.Core/{core[type]}",
        ];

        Assert.IsEmpty(broken);
    }

    [TestMethod]
    [DynamicData(nameof(ProjectRows))]
    public void No_file_is_longer_than_a_reader_can_hold(string project)
    {
        string[] tooLong =
        [
            .. from file in SourceText.Read(project)
               let lines = file.Text.Count(c => c == '\n')
               where lines > MaxLines
               select $"{file} has {lines} lines",
        ];

        Assert.IsEmpty(tooLong);
    }

    [TestMethod]
    public void An_arrow_to_the_left_is_found()
    {
        SourceFile[] files =
        [
            new(
                "P",
                "Right",
                "P/Right/A.cs",
                "namespace P;\n\n/// <see cref=\"Left\"/>\ninternal class A { Left field; }\n"),
            new(
                "P",
                "Left",
                "P/Left/B.cs",
                "namespace P;\n\ninternal sealed class Left\n{\n    // A\n    A a;\n}\n"),
        ];
        var allowed = new Dictionary<string, string[]> { ["Left"] = ["Right"], ["Right"] = [] };

        CollectionAssert.AreEqual(new[] { "P/Right/A.cs mentions Left of Left" }, BrokenArrows(files, allowed));
    }

    [TestMethod]
    public void Comments_and_literals_are_no_mentions()
    {
        HashSet<string> words = SourceText.Words(
            "/// <see cref=\"One\"/>\n/* Two */ var x = \"Three \\\" Four\"; // Five\nSix y = 'S';");

        CollectionAssert.AreEquivalent(new[] { "var", "x", "Six", "y" }, words.ToArray());
    }

    [TestMethod]
    public void Declarations_of_every_kind_are_found()
    {
        string[] types =
        [
            .. SourceText.DeclaredTypes(
                """
                public sealed partial class One<T> : IDisposable
                internal readonly record struct Two(int Value);
                internal abstract record Three;
                public enum Four
                internal delegate void Five(
                    class Nested
                internal static unsafe class Six
                """),
        ];

        CollectionAssert.AreEqual(new[] { "One", "Two", "Three", "Four", "Five", "Six" }, types);
    }

    private static string[] BrokenArrows(SourceFile[] files, Dictionary<string, string[]> allowed)
    {
        Dictionary<string, string> rooms = RoomsByType(files);
        return
        [
            .. from file in files
               where file.Room.Length > 0
               from type in SourceText.Words(file.Text)
               where rooms.TryGetValue(type, out string? room)
                   && room != file.Room
                   && !allowed[file.Room].Contains(room)
               select $"{file} mentions {type} of {rooms[type]}",
        ];
    }

    /// <summary>Generic types and their static companions share a name, so a name may be declared twice.</summary>
    private static Dictionary<string, string> RoomsByType(SourceFile[] files)
    {
        var rooms = new Dictionary<string, string>();
        foreach (SourceFile file in files)
        {
            foreach (string type in SourceText.DeclaredTypes(file.Text))
            {
                Assert.AreEqual(
                    file.Room, rooms.GetValueOrDefault(type, file.Room), $"{type} is in two rooms");
                rooms[type] = file.Room;
            }
        }

        return rooms;
    }
}
