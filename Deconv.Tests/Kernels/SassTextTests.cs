namespace Deconv.Tests.Kernels;

/// <summary>The innermost loop is found, and what is counted in it.</summary>
[TestClass]
public sealed class SassTextTests
{
    [TestMethod]
    public void The_innermost_loop_with_most_products_counts()
    {
        const string Sass =
            """
            Kernel_Run:
                    /*0000*/                   FFMA R1, R2, R3, R1 ;
            .L_x_2:
                    /*0010*/                   LDS.128 R4, [R5] ;
            .L_x_1:
                    /*0020*/              @!P1 FFMA R1, R2, R3, R1 ;
                    /*0030*/                   FFMA.FTZ R1, R2, R3, R1 ;
                    /*0040*/                   IMAD.MOV R1, RZ, RZ, R3 ;
                    /*0050*/               @P0 BRA `(.L_x_3) ;
                    /*0060*/               @P1 BRA `(.L_x_1) ;
            .L_x_3:
                    /*0070*/              @!P2 BRA `(.L_x_2) ;
            .L_x_4:
                    /*0080*/                   FFMA R1, R2, R3, R1 ;
                    /*0090*/                   BRA `(.L_x_4) ;
            """;

        Assert.AreEqual(2.0 / 5, SassText.FusedShare(Sass), 1e-12);
    }

    [TestMethod]
    public void Without_a_loop_there_is_no_share()
    {
        Assert.AreEqual(0, SassText.FusedShare("        /*0000*/                   EXIT ;\n"));
    }
}
