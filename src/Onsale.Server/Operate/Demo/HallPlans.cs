using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Operate.Demo;

/// <summary>Concert hall, playhouse, opera house, studio and jazz club.</summary>
internal static class HallPlans
{
    /// <summary>1,000 seats: a fan-shaped orchestra with loges at its sides, a grand circle and a balcony.</summary>
    public static PlanDocument ConcertHall()
    {
        var sketch = new PlanSketch("Aurelia Hall")
            .Category("Orchestra", "#b45309").Category("Grand Circle", "#1d4ed8").Category("Balcony", "#0f766e");
        sketch.Zone("Platform").Polygon(
            "Stage", "#3f3f46", "#ffffff", 1.4, new(-8, -9), new(8, -9), new(10.5, 0), new(0, 1.4), new(-10.5, 0));

        var centre = new PlanPoint(0, -15);
        var orchestra = sketch.Zone("Orchestra");
        for (var row = 0; row < 16; row++)
        {
            var (side, middle) = (6 + (int)(row * 0.45), 14 + (int)(row * 0.4));
            orchestra.Row(Seating.RowLetter(row), "Orchestra",
                Seating.Arc(centre, 19 + (row * 0.95), side, middle, side));
        }

        orchestra.Accessible(Seating.RowLetter(15));
        AddLoge("Loge Left", -1);
        AddLoge("Loge Right", 1);
        var circle = sketch.Zone("Grand Circle");
        for (var row = 0; row < 6; row++)
            circle.Row(Seating.RowLetter(row), "Grand Circle", Seating.Arc(centre, 36.5 + (row * 0.95), 8, 12, 12, 8));
        var balcony = sketch.Zone("Balcony");
        for (var row = 0; row < 4; row++)
        {
            balcony.Row(Seating.RowLetter(row), "Balcony",
                Seating.Arc(centre, 44.5 + (row * 0.95), 13, row < 2 ? 14 : 15, 13));
        }

        balcony.RestrictedAtEnds(Seating.RowLetter(0), places: 3);
        return sketch.Build();

        void AddLoge(string name, int side)
        {
            var loge = sketch.Zone(name);
            for (var row = 0; row < 2; row++)
            {
                loge.Row(Seating.RowLetter(row), "Grand Circle",
                    Seating.Line(new PlanPoint(side * (14.6 + (row * 1.0)), 7.5), side * 62, 12));
            }
        }
    }

    /// <summary>
    /// A playhouse: stalls, dress circle and gallery, one above the other and drawn one behind the other.
    /// </summary>
    public static PlanDocument Playhouse()
    {
        var sketch = new PlanSketch("Wrenfield Playhouse")
            .Category("Premium Stalls", "#be123c").Category("Stalls", "#7c3aed")
            .Category("Dress Circle", "#1d4ed8").Category("Gallery", "#15803d");
        sketch.Zone("Stage").Rectangle("Stage", -7, -7, 14, 7, "#3f3f46", "#ffffff");
        var centre = new PlanPoint(0, -22);
        var stalls = sketch.Zone("Stalls");
        for (var row = 0; row < 14; row++)
        {
            stalls.Row(Seating.RowLetter(row), row is >= 2 and < 7 ? "Premium Stalls" : "Stalls",
                Seating.Arc(centre, 24.5 + (row * 0.92), 11 + (row / 3), 11 + (row / 3)));
        }

        var circle = sketch.Zone("Dress Circle");
        for (var row = 0; row < 6; row++)
            circle.Row(Seating.RowLetter(row), "Dress Circle", Seating.Arc(centre, 40 + (row * 0.95), 8, 14, 8));
        var gallery = sketch.Zone("Gallery");
        for (var row = 0; row < 5; row++)
            gallery.Row(Seating.RowLetter(row), "Gallery", Seating.Arc(centre, 48 + (row * 0.9), 9, 16, 9));
        return sketch.Build();
    }

    /// <summary>An opera house: a parterre in a horseshoe of two tiers of boxes, and an amphitheatre behind.</summary>
    public static PlanDocument OperaHouse()
    {
        var sketch = new PlanSketch("Théâtre des Tilleuls")
            .Category("Parterre", "#9f1239").Category("First Tier Boxes", "#a16207")
            .Category("Second Tier Boxes", "#4d7c0f").Category("Amphitheatre", "#0369a1");
        sketch.Zone("Stage")
            .Rectangle("Stage", -8, -8, 16, 8, "#3f3f46", "#ffffff")
            .Rectangle("Orchestra pit", -7, 0.6, 14, 3, "#d6d3d1", "#44403c", 0.9);
        var parterre = sketch.Zone("Parterre");
        for (var row = 0; row < 15; row++)
        {
            var half = row < 12 ? 9 + Math.Min(row / 2, 3) : 23 - row;
            parterre.Row(Seating.RowLetter(row), "Parterre",
                Seating.Arc(new PlanPoint(0, -26), 31.5 + (row * 0.95), half, half));
        }

        AddBoxes("First Tier", "First Tier Boxes", 9.6);
        AddBoxes("Second Tier", "Second Tier Boxes", 11.8);
        var amphitheatre = sketch.Zone("Amphitheatre");
        for (var row = 0; row < 5; row++)
        {
            amphitheatre.Row(Seating.RowLetter(row), "Amphitheatre",
                Seating.Arc(new PlanPoint(0, -14), 42 + (row * 0.9), 12, 16, 12));
        }

        return sketch.Build();

        // Straight along both sides, a half circle at the end; a box is a row of four chairs.
        void AddBoxes(string tier, string category, double radius)
        {
            var turn = new PlanPoint(0, 13);
            AddSide($"{tier} Left", StandPiece.Straight(new(-radius, 3), new(-radius, turn.Y)), 4);
            string[] names = ["Centre Left", "Centre", "Centre Right"];
            foreach (var (name, piece) in names.Zip(StandPiece.Corners(turn, radius, 180, 0, names.Length)))
                AddSide($"{tier} {name}", piece, radius < 10 ? 4 : 5);
            AddSide($"{tier} Right", StandPiece.Straight(new(radius, turn.Y), new(radius, 3)), 4);

            void AddSide(string name, StandPiece piece, int boxes)
            {
                var zone = sketch.Zone(name);
                for (var box = 0; box < boxes; box++)
                {
                    var start = (double)box / boxes;
                    var step = Seating.SeatMetres / piece.LengthAt(0);
                    var margin = ((1.0 / boxes) - (3 * step)) / 2;
                    zone.Row($"{box + 1}", category,
                        Enumerable.Range(0, 4).Select(chair => piece.At(start + margin + (chair * step), 0)),
                        $"box {box + 1}", "chair %s");
                }
            }
        }
    }

    /// <summary>A studio of straight raked rows, 240 seats.</summary>
    public static PlanDocument Studio()
    {
        var sketch = new PlanSketch("The Tin Parlour").Category("Front", "#c2410c").Category("House", "#4338ca");
        sketch.Zone("Stage").Rectangle("Stage", -4, -4, 8, 4, "#3f3f46", "#ffffff");
        var house = sketch.Zone("House");
        for (var row = 0; row < 12; row++)
        {
            house.Row(Seating.RowLetter(row), row < 3 ? "Front" : "House",
                Seating.Line(new PlanPoint(0, 2.5 + (row * 0.95)), 0, 5, 10, 5));
        }

        return sketch.Build();
    }

    /// <summary>A cellar with round tables of four, and standing room at the bar.</summary>
    public static PlanDocument JazzClub()
    {
        var sketch = new PlanSketch("The Copper Lantern").Category("Stageside", "#b45309").Category("Table", "#0e7490");
        sketch.Zone("Club")
            .Polygon("Stage", "#3f3f46", "#ffffff", 0.8, new(-3.5, -3), new(3.5, -3), new(2.6, 0), new(-2.6, 0))
            .Rectangle("Bar standing", -6, 10.2, 12, 2.2, "#f5e1c8", "#7c2d12", 0.8)
            .Rectangle("Bar", -6, 12.6, 12, 1, "#78350f", "#ffffff", 0.7);
        var tables = sketch.Zone("Tables");
        var number = 1;
        for (var line = 0; line < 4; line++)
        {
            var count = 4 + (line % 2);
            for (var table = 0; table < count; table++)
            {
                var at = new PlanPoint((table - ((count - 1) / 2.0)) * 2.4, 1.9 + (line * 2.2));
                tables.Row($"{number}", line == 0 ? "Stageside" : "Table", Seating.Around(at, 0.68, 4),
                    $"table {number}", "chair %s");
                tables.Polygon(null, "#d6b98c", "#000", 0, [.. Seating.Around(at, 0.42, 20)]);
                number++;
            }
        }

        return sketch.Build();
    }
}
