/* SPDX-License-Identifier: Apache-2.0 */
/* Written by t/template/html_entities.py: names in the order of their bytes. */
/* clang-format off */
/* Each with what it stands for behind it. One text and numbers: no pointers to be relocated. */
static const char entities[] =
    "AElig\0\xc3\x86\0" "AElig;\0\xc3\x86\0" "AMP\0\x26\0" "AMP;\0\x26\0" "Aacute\0\xc3\x81\0"
    "Aacute;\0\xc3\x81\0" "Abreve;\0\xc4\x82\0" "Acirc\0\xc3\x82\0" "Acirc;\0\xc3\x82\0"
    "Acy;\0\xd0\x90\0" "Afr;\0\xf0\x9d\x94\x84\0" "Agrave\0\xc3\x80\0" "Agrave;\0\xc3\x80\0"
    "Alpha;\0\xce\x91\0" "Amacr;\0\xc4\x80\0" "And;\0\xe2\xa9\x93\0" "Aogon;\0\xc4\x84\0"
    "Aopf;\0\xf0\x9d\x94\xb8\0" "ApplyFunction;\0\xe2\x81\xa1\0" "Aring\0\xc3\x85\0"
    "Aring;\0\xc3\x85\0" "Ascr;\0\xf0\x9d\x92\x9c\0" "Assign;\0\xe2\x89\x94\0" "Atilde\0\xc3\x83\0"
    "Atilde;\0\xc3\x83\0" "Auml\0\xc3\x84\0" "Auml;\0\xc3\x84\0" "Backslash;\0\xe2\x88\x96\0"
    "Barv;\0\xe2\xab\xa7\0" "Barwed;\0\xe2\x8c\x86\0" "Bcy;\0\xd0\x91\0" "Because;\0\xe2\x88\xb5\0"
    "Bernoullis;\0\xe2\x84\xac\0" "Beta;\0\xce\x92\0" "Bfr;\0\xf0\x9d\x94\x85\0"
    "Bopf;\0\xf0\x9d\x94\xb9\0" "Breve;\0\xcb\x98\0" "Bscr;\0\xe2\x84\xac\0"
    "Bumpeq;\0\xe2\x89\x8e\0" "CHcy;\0\xd0\xa7\0" "COPY\0\xc2\xa9\0" "COPY;\0\xc2\xa9\0"
    "Cacute;\0\xc4\x86\0" "Cap;\0\xe2\x8b\x92\0" "CapitalDifferentialD;\0\xe2\x85\x85\0"
    "Cayleys;\0\xe2\x84\xad\0" "Ccaron;\0\xc4\x8c\0" "Ccedil\0\xc3\x87\0" "Ccedil;\0\xc3\x87\0"
    "Ccirc;\0\xc4\x88\0" "Cconint;\0\xe2\x88\xb0\0" "Cdot;\0\xc4\x8a\0" "Cedilla;\0\xc2\xb8\0"
    "CenterDot;\0\xc2\xb7\0" "Cfr;\0\xe2\x84\xad\0" "Chi;\0\xce\xa7\0" "CircleDot;\0\xe2\x8a\x99\0"
    "CircleMinus;\0\xe2\x8a\x96\0" "CirclePlus;\0\xe2\x8a\x95\0" "CircleTimes;\0\xe2\x8a\x97\0"
    "ClockwiseContourIntegral;\0\xe2\x88\xb2\0" "CloseCurlyDoubleQuote;\0\xe2\x80\x9d\0"
    "CloseCurlyQuote;\0\xe2\x80\x99\0" "Colon;\0\xe2\x88\xb7\0" "Colone;\0\xe2\xa9\xb4\0"
    "Congruent;\0\xe2\x89\xa1\0" "Conint;\0\xe2\x88\xaf\0" "ContourIntegral;\0\xe2\x88\xae\0"
    "Copf;\0\xe2\x84\x82\0" "Coproduct;\0\xe2\x88\x90\0"
    "CounterClockwiseContourIntegral;\0\xe2\x88\xb3\0" "Cross;\0\xe2\xa8\xaf\0"
    "Cscr;\0\xf0\x9d\x92\x9e\0" "Cup;\0\xe2\x8b\x93\0" "CupCap;\0\xe2\x89\x8d\0"
    "DD;\0\xe2\x85\x85\0" "DDotrahd;\0\xe2\xa4\x91\0" "DJcy;\0\xd0\x82\0" "DScy;\0\xd0\x85\0"
    "DZcy;\0\xd0\x8f\0" "Dagger;\0\xe2\x80\xa1\0" "Darr;\0\xe2\x86\xa1\0" "Dashv;\0\xe2\xab\xa4\0"
    "Dcaron;\0\xc4\x8e\0" "Dcy;\0\xd0\x94\0" "Del;\0\xe2\x88\x87\0" "Delta;\0\xce\x94\0"
    "Dfr;\0\xf0\x9d\x94\x87\0" "DiacriticalAcute;\0\xc2\xb4\0" "DiacriticalDot;\0\xcb\x99\0"
    "DiacriticalDoubleAcute;\0\xcb\x9d\0" "DiacriticalGrave;\0\x60\0"
    "DiacriticalTilde;\0\xcb\x9c\0" "Diamond;\0\xe2\x8b\x84\0" "DifferentialD;\0\xe2\x85\x86\0"
    "Dopf;\0\xf0\x9d\x94\xbb\0" "Dot;\0\xc2\xa8\0" "DotDot;\0\xe2\x83\x9c\0"
    "DotEqual;\0\xe2\x89\x90\0" "DoubleContourIntegral;\0\xe2\x88\xaf\0" "DoubleDot;\0\xc2\xa8\0"
    "DoubleDownArrow;\0\xe2\x87\x93\0" "DoubleLeftArrow;\0\xe2\x87\x90\0"
    "DoubleLeftRightArrow;\0\xe2\x87\x94\0" "DoubleLeftTee;\0\xe2\xab\xa4\0"
    "DoubleLongLeftArrow;\0\xe2\x9f\xb8\0" "DoubleLongLeftRightArrow;\0\xe2\x9f\xba\0"
    "DoubleLongRightArrow;\0\xe2\x9f\xb9\0" "DoubleRightArrow;\0\xe2\x87\x92\0"
    "DoubleRightTee;\0\xe2\x8a\xa8\0" "DoubleUpArrow;\0\xe2\x87\x91\0"
    "DoubleUpDownArrow;\0\xe2\x87\x95\0" "DoubleVerticalBar;\0\xe2\x88\xa5\0"
    "DownArrow;\0\xe2\x86\x93\0" "DownArrowBar;\0\xe2\xa4\x93\0"
    "DownArrowUpArrow;\0\xe2\x87\xb5\0" "DownBreve;\0\xcc\x91\0"
    "DownLeftRightVector;\0\xe2\xa5\x90\0" "DownLeftTeeVector;\0\xe2\xa5\x9e\0"
    "DownLeftVector;\0\xe2\x86\xbd\0" "DownLeftVectorBar;\0\xe2\xa5\x96\0"
    "DownRightTeeVector;\0\xe2\xa5\x9f\0" "DownRightVector;\0\xe2\x87\x81\0"
    "DownRightVectorBar;\0\xe2\xa5\x97\0" "DownTee;\0\xe2\x8a\xa4\0"
    "DownTeeArrow;\0\xe2\x86\xa7\0" "Downarrow;\0\xe2\x87\x93\0" "Dscr;\0\xf0\x9d\x92\x9f\0"
    "Dstrok;\0\xc4\x90\0" "ENG;\0\xc5\x8a\0" "ETH\0\xc3\x90\0" "ETH;\0\xc3\x90\0"
    "Eacute\0\xc3\x89\0" "Eacute;\0\xc3\x89\0" "Ecaron;\0\xc4\x9a\0" "Ecirc\0\xc3\x8a\0"
    "Ecirc;\0\xc3\x8a\0" "Ecy;\0\xd0\xad\0" "Edot;\0\xc4\x96\0" "Efr;\0\xf0\x9d\x94\x88\0"
    "Egrave\0\xc3\x88\0" "Egrave;\0\xc3\x88\0" "Element;\0\xe2\x88\x88\0" "Emacr;\0\xc4\x92\0"
    "EmptySmallSquare;\0\xe2\x97\xbb\0" "EmptyVerySmallSquare;\0\xe2\x96\xab\0"
    "Eogon;\0\xc4\x98\0" "Eopf;\0\xf0\x9d\x94\xbc\0" "Epsilon;\0\xce\x95\0"
    "Equal;\0\xe2\xa9\xb5\0" "EqualTilde;\0\xe2\x89\x82\0" "Equilibrium;\0\xe2\x87\x8c\0"
    "Escr;\0\xe2\x84\xb0\0" "Esim;\0\xe2\xa9\xb3\0" "Eta;\0\xce\x97\0" "Euml\0\xc3\x8b\0"
    "Euml;\0\xc3\x8b\0" "Exists;\0\xe2\x88\x83\0" "ExponentialE;\0\xe2\x85\x87\0"
    "Fcy;\0\xd0\xa4\0" "Ffr;\0\xf0\x9d\x94\x89\0" "FilledSmallSquare;\0\xe2\x97\xbc\0"
    "FilledVerySmallSquare;\0\xe2\x96\xaa\0" "Fopf;\0\xf0\x9d\x94\xbd\0" "ForAll;\0\xe2\x88\x80\0"
    "Fouriertrf;\0\xe2\x84\xb1\0" "Fscr;\0\xe2\x84\xb1\0" "GJcy;\0\xd0\x83\0" "GT\0\x3e\0"
    "GT;\0\x3e\0" "Gamma;\0\xce\x93\0" "Gammad;\0\xcf\x9c\0" "Gbreve;\0\xc4\x9e\0"
    "Gcedil;\0\xc4\xa2\0" "Gcirc;\0\xc4\x9c\0" "Gcy;\0\xd0\x93\0" "Gdot;\0\xc4\xa0\0"
    "Gfr;\0\xf0\x9d\x94\x8a\0" "Gg;\0\xe2\x8b\x99\0" "Gopf;\0\xf0\x9d\x94\xbe\0"
    "GreaterEqual;\0\xe2\x89\xa5\0" "GreaterEqualLess;\0\xe2\x8b\x9b\0"
    "GreaterFullEqual;\0\xe2\x89\xa7\0" "GreaterGreater;\0\xe2\xaa\xa2\0"
    "GreaterLess;\0\xe2\x89\xb7\0" "GreaterSlantEqual;\0\xe2\xa9\xbe\0"
    "GreaterTilde;\0\xe2\x89\xb3\0" "Gscr;\0\xf0\x9d\x92\xa2\0" "Gt;\0\xe2\x89\xab\0"
    "HARDcy;\0\xd0\xaa\0" "Hacek;\0\xcb\x87\0" "Hat;\0\x5e\0" "Hcirc;\0\xc4\xa4\0"
    "Hfr;\0\xe2\x84\x8c\0" "HilbertSpace;\0\xe2\x84\x8b\0" "Hopf;\0\xe2\x84\x8d\0"
    "HorizontalLine;\0\xe2\x94\x80\0" "Hscr;\0\xe2\x84\x8b\0" "Hstrok;\0\xc4\xa6\0"
    "HumpDownHump;\0\xe2\x89\x8e\0" "HumpEqual;\0\xe2\x89\x8f\0" "IEcy;\0\xd0\x95\0"
    "IJlig;\0\xc4\xb2\0" "IOcy;\0\xd0\x81\0" "Iacute\0\xc3\x8d\0" "Iacute;\0\xc3\x8d\0"
    "Icirc\0\xc3\x8e\0" "Icirc;\0\xc3\x8e\0" "Icy;\0\xd0\x98\0" "Idot;\0\xc4\xb0\0"
    "Ifr;\0\xe2\x84\x91\0" "Igrave\0\xc3\x8c\0" "Igrave;\0\xc3\x8c\0" "Im;\0\xe2\x84\x91\0"
    "Imacr;\0\xc4\xaa\0" "ImaginaryI;\0\xe2\x85\x88\0" "Implies;\0\xe2\x87\x92\0"
    "Int;\0\xe2\x88\xac\0" "Integral;\0\xe2\x88\xab\0" "Intersection;\0\xe2\x8b\x82\0"
    "InvisibleComma;\0\xe2\x81\xa3\0" "InvisibleTimes;\0\xe2\x81\xa2\0" "Iogon;\0\xc4\xae\0"
    "Iopf;\0\xf0\x9d\x95\x80\0" "Iota;\0\xce\x99\0" "Iscr;\0\xe2\x84\x90\0" "Itilde;\0\xc4\xa8\0"
    "Iukcy;\0\xd0\x86\0" "Iuml\0\xc3\x8f\0" "Iuml;\0\xc3\x8f\0" "Jcirc;\0\xc4\xb4\0"
    "Jcy;\0\xd0\x99\0" "Jfr;\0\xf0\x9d\x94\x8d\0" "Jopf;\0\xf0\x9d\x95\x81\0"
    "Jscr;\0\xf0\x9d\x92\xa5\0" "Jsercy;\0\xd0\x88\0" "Jukcy;\0\xd0\x84\0" "KHcy;\0\xd0\xa5\0"
    "KJcy;\0\xd0\x8c\0" "Kappa;\0\xce\x9a\0" "Kcedil;\0\xc4\xb6\0" "Kcy;\0\xd0\x9a\0"
    "Kfr;\0\xf0\x9d\x94\x8e\0" "Kopf;\0\xf0\x9d\x95\x82\0" "Kscr;\0\xf0\x9d\x92\xa6\0"
    "LJcy;\0\xd0\x89\0" "LT\0\x3c\0" "LT;\0\x3c\0" "Lacute;\0\xc4\xb9\0" "Lambda;\0\xce\x9b\0"
    "Lang;\0\xe2\x9f\xaa\0" "Laplacetrf;\0\xe2\x84\x92\0" "Larr;\0\xe2\x86\x9e\0"
    "Lcaron;\0\xc4\xbd\0" "Lcedil;\0\xc4\xbb\0" "Lcy;\0\xd0\x9b\0"
    "LeftAngleBracket;\0\xe2\x9f\xa8\0" "LeftArrow;\0\xe2\x86\x90\0"
    "LeftArrowBar;\0\xe2\x87\xa4\0" "LeftArrowRightArrow;\0\xe2\x87\x86\0"
    "LeftCeiling;\0\xe2\x8c\x88\0" "LeftDoubleBracket;\0\xe2\x9f\xa6\0"
    "LeftDownTeeVector;\0\xe2\xa5\xa1\0" "LeftDownVector;\0\xe2\x87\x83\0"
    "LeftDownVectorBar;\0\xe2\xa5\x99\0" "LeftFloor;\0\xe2\x8c\x8a\0"
    "LeftRightArrow;\0\xe2\x86\x94\0" "LeftRightVector;\0\xe2\xa5\x8e\0" "LeftTee;\0\xe2\x8a\xa3\0"
    "LeftTeeArrow;\0\xe2\x86\xa4\0" "LeftTeeVector;\0\xe2\xa5\x9a\0"
    "LeftTriangle;\0\xe2\x8a\xb2\0" "LeftTriangleBar;\0\xe2\xa7\x8f\0"
    "LeftTriangleEqual;\0\xe2\x8a\xb4\0" "LeftUpDownVector;\0\xe2\xa5\x91\0"
    "LeftUpTeeVector;\0\xe2\xa5\xa0\0" "LeftUpVector;\0\xe2\x86\xbf\0"
    "LeftUpVectorBar;\0\xe2\xa5\x98\0" "LeftVector;\0\xe2\x86\xbc\0"
    "LeftVectorBar;\0\xe2\xa5\x92\0" "Leftarrow;\0\xe2\x87\x90\0" "Leftrightarrow;\0\xe2\x87\x94\0"
    "LessEqualGreater;\0\xe2\x8b\x9a\0" "LessFullEqual;\0\xe2\x89\xa6\0"
    "LessGreater;\0\xe2\x89\xb6\0" "LessLess;\0\xe2\xaa\xa1\0" "LessSlantEqual;\0\xe2\xa9\xbd\0"
    "LessTilde;\0\xe2\x89\xb2\0" "Lfr;\0\xf0\x9d\x94\x8f\0" "Ll;\0\xe2\x8b\x98\0"
    "Lleftarrow;\0\xe2\x87\x9a\0" "Lmidot;\0\xc4\xbf\0" "LongLeftArrow;\0\xe2\x9f\xb5\0"
    "LongLeftRightArrow;\0\xe2\x9f\xb7\0" "LongRightArrow;\0\xe2\x9f\xb6\0"
    "Longleftarrow;\0\xe2\x9f\xb8\0" "Longleftrightarrow;\0\xe2\x9f\xba\0"
    "Longrightarrow;\0\xe2\x9f\xb9\0" "Lopf;\0\xf0\x9d\x95\x83\0" "LowerLeftArrow;\0\xe2\x86\x99\0"
    "LowerRightArrow;\0\xe2\x86\x98\0" "Lscr;\0\xe2\x84\x92\0" "Lsh;\0\xe2\x86\xb0\0"
    "Lstrok;\0\xc5\x81\0" "Lt;\0\xe2\x89\xaa\0" "Map;\0\xe2\xa4\x85\0" "Mcy;\0\xd0\x9c\0"
    "MediumSpace;\0\xe2\x81\x9f\0" "Mellintrf;\0\xe2\x84\xb3\0" "Mfr;\0\xf0\x9d\x94\x90\0"
    "MinusPlus;\0\xe2\x88\x93\0" "Mopf;\0\xf0\x9d\x95\x84\0" "Mscr;\0\xe2\x84\xb3\0"
    "Mu;\0\xce\x9c\0" "NJcy;\0\xd0\x8a\0" "Nacute;\0\xc5\x83\0" "Ncaron;\0\xc5\x87\0"
    "Ncedil;\0\xc5\x85\0" "Ncy;\0\xd0\x9d\0" "NegativeMediumSpace;\0\xe2\x80\x8b\0"
    "NegativeThickSpace;\0\xe2\x80\x8b\0" "NegativeThinSpace;\0\xe2\x80\x8b\0"
    "NegativeVeryThinSpace;\0\xe2\x80\x8b\0" "NestedGreaterGreater;\0\xe2\x89\xab\0"
    "NestedLessLess;\0\xe2\x89\xaa\0" "NewLine;\0\x0a\0" "Nfr;\0\xf0\x9d\x94\x91\0"
    "NoBreak;\0\xe2\x81\xa0\0" "NonBreakingSpace;\0\xc2\xa0\0" "Nopf;\0\xe2\x84\x95\0"
    "Not;\0\xe2\xab\xac\0" "NotCongruent;\0\xe2\x89\xa2\0" "NotCupCap;\0\xe2\x89\xad\0"
    "NotDoubleVerticalBar;\0\xe2\x88\xa6\0" "NotElement;\0\xe2\x88\x89\0"
    "NotEqual;\0\xe2\x89\xa0\0" "NotEqualTilde;\0\xe2\x89\x82\xcc\xb8\0"
    "NotExists;\0\xe2\x88\x84\0" "NotGreater;\0\xe2\x89\xaf\0" "NotGreaterEqual;\0\xe2\x89\xb1\0"
    "NotGreaterFullEqual;\0\xe2\x89\xa7\xcc\xb8\0" "NotGreaterGreater;\0\xe2\x89\xab\xcc\xb8\0"
    "NotGreaterLess;\0\xe2\x89\xb9\0" "NotGreaterSlantEqual;\0\xe2\xa9\xbe\xcc\xb8\0"
    "NotGreaterTilde;\0\xe2\x89\xb5\0" "NotHumpDownHump;\0\xe2\x89\x8e\xcc\xb8\0"
    "NotHumpEqual;\0\xe2\x89\x8f\xcc\xb8\0" "NotLeftTriangle;\0\xe2\x8b\xaa\0"
    "NotLeftTriangleBar;\0\xe2\xa7\x8f\xcc\xb8\0" "NotLeftTriangleEqual;\0\xe2\x8b\xac\0"
    "NotLess;\0\xe2\x89\xae\0" "NotLessEqual;\0\xe2\x89\xb0\0" "NotLessGreater;\0\xe2\x89\xb8\0"
    "NotLessLess;\0\xe2\x89\xaa\xcc\xb8\0" "NotLessSlantEqual;\0\xe2\xa9\xbd\xcc\xb8\0"
    "NotLessTilde;\0\xe2\x89\xb4\0" "NotNestedGreaterGreater;\0\xe2\xaa\xa2\xcc\xb8\0"
    "NotNestedLessLess;\0\xe2\xaa\xa1\xcc\xb8\0" "NotPrecedes;\0\xe2\x8a\x80\0"
    "NotPrecedesEqual;\0\xe2\xaa\xaf\xcc\xb8\0" "NotPrecedesSlantEqual;\0\xe2\x8b\xa0\0"
    "NotReverseElement;\0\xe2\x88\x8c\0" "NotRightTriangle;\0\xe2\x8b\xab\0"
    "NotRightTriangleBar;\0\xe2\xa7\x90\xcc\xb8\0" "NotRightTriangleEqual;\0\xe2\x8b\xad\0"
    "NotSquareSubset;\0\xe2\x8a\x8f\xcc\xb8\0" "NotSquareSubsetEqual;\0\xe2\x8b\xa2\0"
    "NotSquareSuperset;\0\xe2\x8a\x90\xcc\xb8\0" "NotSquareSupersetEqual;\0\xe2\x8b\xa3\0"
    "NotSubset;\0\xe2\x8a\x82\xe2\x83\x92\0" "NotSubsetEqual;\0\xe2\x8a\x88\0"
    "NotSucceeds;\0\xe2\x8a\x81\0" "NotSucceedsEqual;\0\xe2\xaa\xb0\xcc\xb8\0"
    "NotSucceedsSlantEqual;\0\xe2\x8b\xa1\0" "NotSucceedsTilde;\0\xe2\x89\xbf\xcc\xb8\0"
    "NotSuperset;\0\xe2\x8a\x83\xe2\x83\x92\0" "NotSupersetEqual;\0\xe2\x8a\x89\0"
    "NotTilde;\0\xe2\x89\x81\0" "NotTildeEqual;\0\xe2\x89\x84\0"
    "NotTildeFullEqual;\0\xe2\x89\x87\0" "NotTildeTilde;\0\xe2\x89\x89\0"
    "NotVerticalBar;\0\xe2\x88\xa4\0" "Nscr;\0\xf0\x9d\x92\xa9\0" "Ntilde\0\xc3\x91\0"
    "Ntilde;\0\xc3\x91\0" "Nu;\0\xce\x9d\0" "OElig;\0\xc5\x92\0" "Oacute\0\xc3\x93\0"
    "Oacute;\0\xc3\x93\0" "Ocirc\0\xc3\x94\0" "Ocirc;\0\xc3\x94\0" "Ocy;\0\xd0\x9e\0"
    "Odblac;\0\xc5\x90\0" "Ofr;\0\xf0\x9d\x94\x92\0" "Ograve\0\xc3\x92\0" "Ograve;\0\xc3\x92\0"
    "Omacr;\0\xc5\x8c\0" "Omega;\0\xce\xa9\0" "Omicron;\0\xce\x9f\0" "Oopf;\0\xf0\x9d\x95\x86\0"
    "OpenCurlyDoubleQuote;\0\xe2\x80\x9c\0" "OpenCurlyQuote;\0\xe2\x80\x98\0" "Or;\0\xe2\xa9\x94\0"
    "Oscr;\0\xf0\x9d\x92\xaa\0" "Oslash\0\xc3\x98\0" "Oslash;\0\xc3\x98\0" "Otilde\0\xc3\x95\0"
    "Otilde;\0\xc3\x95\0" "Otimes;\0\xe2\xa8\xb7\0" "Ouml\0\xc3\x96\0" "Ouml;\0\xc3\x96\0"
    "OverBar;\0\xe2\x80\xbe\0" "OverBrace;\0\xe2\x8f\x9e\0" "OverBracket;\0\xe2\x8e\xb4\0"
    "OverParenthesis;\0\xe2\x8f\x9c\0" "PartialD;\0\xe2\x88\x82\0" "Pcy;\0\xd0\x9f\0"
    "Pfr;\0\xf0\x9d\x94\x93\0" "Phi;\0\xce\xa6\0" "Pi;\0\xce\xa0\0" "PlusMinus;\0\xc2\xb1\0"
    "Poincareplane;\0\xe2\x84\x8c\0" "Popf;\0\xe2\x84\x99\0" "Pr;\0\xe2\xaa\xbb\0"
    "Precedes;\0\xe2\x89\xba\0" "PrecedesEqual;\0\xe2\xaa\xaf\0"
    "PrecedesSlantEqual;\0\xe2\x89\xbc\0" "PrecedesTilde;\0\xe2\x89\xbe\0" "Prime;\0\xe2\x80\xb3\0"
    "Product;\0\xe2\x88\x8f\0" "Proportion;\0\xe2\x88\xb7\0" "Proportional;\0\xe2\x88\x9d\0"
    "Pscr;\0\xf0\x9d\x92\xab\0" "Psi;\0\xce\xa8\0" "QUOT\0\x22\0" "QUOT;\0\x22\0"
    "Qfr;\0\xf0\x9d\x94\x94\0" "Qopf;\0\xe2\x84\x9a\0" "Qscr;\0\xf0\x9d\x92\xac\0"
    "RBarr;\0\xe2\xa4\x90\0" "REG\0\xc2\xae\0" "REG;\0\xc2\xae\0" "Racute;\0\xc5\x94\0"
    "Rang;\0\xe2\x9f\xab\0" "Rarr;\0\xe2\x86\xa0\0" "Rarrtl;\0\xe2\xa4\x96\0" "Rcaron;\0\xc5\x98\0"
    "Rcedil;\0\xc5\x96\0" "Rcy;\0\xd0\xa0\0" "Re;\0\xe2\x84\x9c\0"
    "ReverseElement;\0\xe2\x88\x8b\0" "ReverseEquilibrium;\0\xe2\x87\x8b\0"
    "ReverseUpEquilibrium;\0\xe2\xa5\xaf\0" "Rfr;\0\xe2\x84\x9c\0" "Rho;\0\xce\xa1\0"
    "RightAngleBracket;\0\xe2\x9f\xa9\0" "RightArrow;\0\xe2\x86\x92\0"
    "RightArrowBar;\0\xe2\x87\xa5\0" "RightArrowLeftArrow;\0\xe2\x87\x84\0"
    "RightCeiling;\0\xe2\x8c\x89\0" "RightDoubleBracket;\0\xe2\x9f\xa7\0"
    "RightDownTeeVector;\0\xe2\xa5\x9d\0" "RightDownVector;\0\xe2\x87\x82\0"
    "RightDownVectorBar;\0\xe2\xa5\x95\0" "RightFloor;\0\xe2\x8c\x8b\0" "RightTee;\0\xe2\x8a\xa2\0"
    "RightTeeArrow;\0\xe2\x86\xa6\0" "RightTeeVector;\0\xe2\xa5\x9b\0"
    "RightTriangle;\0\xe2\x8a\xb3\0" "RightTriangleBar;\0\xe2\xa7\x90\0"
    "RightTriangleEqual;\0\xe2\x8a\xb5\0" "RightUpDownVector;\0\xe2\xa5\x8f\0"
    "RightUpTeeVector;\0\xe2\xa5\x9c\0" "RightUpVector;\0\xe2\x86\xbe\0"
    "RightUpVectorBar;\0\xe2\xa5\x94\0" "RightVector;\0\xe2\x87\x80\0"
    "RightVectorBar;\0\xe2\xa5\x93\0" "Rightarrow;\0\xe2\x87\x92\0" "Ropf;\0\xe2\x84\x9d\0"
    "RoundImplies;\0\xe2\xa5\xb0\0" "Rrightarrow;\0\xe2\x87\x9b\0" "Rscr;\0\xe2\x84\x9b\0"
    "Rsh;\0\xe2\x86\xb1\0" "RuleDelayed;\0\xe2\xa7\xb4\0" "SHCHcy;\0\xd0\xa9\0" "SHcy;\0\xd0\xa8\0"
    "SOFTcy;\0\xd0\xac\0" "Sacute;\0\xc5\x9a\0" "Sc;\0\xe2\xaa\xbc\0" "Scaron;\0\xc5\xa0\0"
    "Scedil;\0\xc5\x9e\0" "Scirc;\0\xc5\x9c\0" "Scy;\0\xd0\xa1\0" "Sfr;\0\xf0\x9d\x94\x96\0"
    "ShortDownArrow;\0\xe2\x86\x93\0" "ShortLeftArrow;\0\xe2\x86\x90\0"
    "ShortRightArrow;\0\xe2\x86\x92\0" "ShortUpArrow;\0\xe2\x86\x91\0" "Sigma;\0\xce\xa3\0"
    "SmallCircle;\0\xe2\x88\x98\0" "Sopf;\0\xf0\x9d\x95\x8a\0" "Sqrt;\0\xe2\x88\x9a\0"
    "Square;\0\xe2\x96\xa1\0" "SquareIntersection;\0\xe2\x8a\x93\0" "SquareSubset;\0\xe2\x8a\x8f\0"
    "SquareSubsetEqual;\0\xe2\x8a\x91\0" "SquareSuperset;\0\xe2\x8a\x90\0"
    "SquareSupersetEqual;\0\xe2\x8a\x92\0" "SquareUnion;\0\xe2\x8a\x94\0"
    "Sscr;\0\xf0\x9d\x92\xae\0" "Star;\0\xe2\x8b\x86\0" "Sub;\0\xe2\x8b\x90\0"
    "Subset;\0\xe2\x8b\x90\0" "SubsetEqual;\0\xe2\x8a\x86\0" "Succeeds;\0\xe2\x89\xbb\0"
    "SucceedsEqual;\0\xe2\xaa\xb0\0" "SucceedsSlantEqual;\0\xe2\x89\xbd\0"
    "SucceedsTilde;\0\xe2\x89\xbf\0" "SuchThat;\0\xe2\x88\x8b\0" "Sum;\0\xe2\x88\x91\0"
    "Sup;\0\xe2\x8b\x91\0" "Superset;\0\xe2\x8a\x83\0" "SupersetEqual;\0\xe2\x8a\x87\0"
    "Supset;\0\xe2\x8b\x91\0" "THORN\0\xc3\x9e\0" "THORN;\0\xc3\x9e\0" "TRADE;\0\xe2\x84\xa2\0"
    "TSHcy;\0\xd0\x8b\0" "TScy;\0\xd0\xa6\0" "Tab;\0\x09\0" "Tau;\0\xce\xa4\0"
    "Tcaron;\0\xc5\xa4\0" "Tcedil;\0\xc5\xa2\0" "Tcy;\0\xd0\xa2\0" "Tfr;\0\xf0\x9d\x94\x97\0"
    "Therefore;\0\xe2\x88\xb4\0" "Theta;\0\xce\x98\0" "ThickSpace;\0\xe2\x81\x9f\xe2\x80\x8a\0"
    "ThinSpace;\0\xe2\x80\x89\0" "Tilde;\0\xe2\x88\xbc\0" "TildeEqual;\0\xe2\x89\x83\0"
    "TildeFullEqual;\0\xe2\x89\x85\0" "TildeTilde;\0\xe2\x89\x88\0" "Topf;\0\xf0\x9d\x95\x8b\0"
    "TripleDot;\0\xe2\x83\x9b\0" "Tscr;\0\xf0\x9d\x92\xaf\0" "Tstrok;\0\xc5\xa6\0"
    "Uacute\0\xc3\x9a\0" "Uacute;\0\xc3\x9a\0" "Uarr;\0\xe2\x86\x9f\0" "Uarrocir;\0\xe2\xa5\x89\0"
    "Ubrcy;\0\xd0\x8e\0" "Ubreve;\0\xc5\xac\0" "Ucirc\0\xc3\x9b\0" "Ucirc;\0\xc3\x9b\0"
    "Ucy;\0\xd0\xa3\0" "Udblac;\0\xc5\xb0\0" "Ufr;\0\xf0\x9d\x94\x98\0" "Ugrave\0\xc3\x99\0"
    "Ugrave;\0\xc3\x99\0" "Umacr;\0\xc5\xaa\0" "UnderBar;\0\x5f\0" "UnderBrace;\0\xe2\x8f\x9f\0"
    "UnderBracket;\0\xe2\x8e\xb5\0" "UnderParenthesis;\0\xe2\x8f\x9d\0" "Union;\0\xe2\x8b\x83\0"
    "UnionPlus;\0\xe2\x8a\x8e\0" "Uogon;\0\xc5\xb2\0" "Uopf;\0\xf0\x9d\x95\x8c\0"
    "UpArrow;\0\xe2\x86\x91\0" "UpArrowBar;\0\xe2\xa4\x92\0" "UpArrowDownArrow;\0\xe2\x87\x85\0"
    "UpDownArrow;\0\xe2\x86\x95\0" "UpEquilibrium;\0\xe2\xa5\xae\0" "UpTee;\0\xe2\x8a\xa5\0"
    "UpTeeArrow;\0\xe2\x86\xa5\0" "Uparrow;\0\xe2\x87\x91\0" "Updownarrow;\0\xe2\x87\x95\0"
    "UpperLeftArrow;\0\xe2\x86\x96\0" "UpperRightArrow;\0\xe2\x86\x97\0" "Upsi;\0\xcf\x92\0"
    "Upsilon;\0\xce\xa5\0" "Uring;\0\xc5\xae\0" "Uscr;\0\xf0\x9d\x92\xb0\0" "Utilde;\0\xc5\xa8\0"
    "Uuml\0\xc3\x9c\0" "Uuml;\0\xc3\x9c\0" "VDash;\0\xe2\x8a\xab\0" "Vbar;\0\xe2\xab\xab\0"
    "Vcy;\0\xd0\x92\0" "Vdash;\0\xe2\x8a\xa9\0" "Vdashl;\0\xe2\xab\xa6\0" "Vee;\0\xe2\x8b\x81\0"
    "Verbar;\0\xe2\x80\x96\0" "Vert;\0\xe2\x80\x96\0" "VerticalBar;\0\xe2\x88\xa3\0"
    "VerticalLine;\0\x7c\0" "VerticalSeparator;\0\xe2\x9d\x98\0" "VerticalTilde;\0\xe2\x89\x80\0"
    "VeryThinSpace;\0\xe2\x80\x8a\0" "Vfr;\0\xf0\x9d\x94\x99\0" "Vopf;\0\xf0\x9d\x95\x8d\0"
    "Vscr;\0\xf0\x9d\x92\xb1\0" "Vvdash;\0\xe2\x8a\xaa\0" "Wcirc;\0\xc5\xb4\0"
    "Wedge;\0\xe2\x8b\x80\0" "Wfr;\0\xf0\x9d\x94\x9a\0" "Wopf;\0\xf0\x9d\x95\x8e\0"
    "Wscr;\0\xf0\x9d\x92\xb2\0" "Xfr;\0\xf0\x9d\x94\x9b\0" "Xi;\0\xce\x9e\0"
    "Xopf;\0\xf0\x9d\x95\x8f\0" "Xscr;\0\xf0\x9d\x92\xb3\0" "YAcy;\0\xd0\xaf\0" "YIcy;\0\xd0\x87\0"
    "YUcy;\0\xd0\xae\0" "Yacute\0\xc3\x9d\0" "Yacute;\0\xc3\x9d\0" "Ycirc;\0\xc5\xb6\0"
    "Ycy;\0\xd0\xab\0" "Yfr;\0\xf0\x9d\x94\x9c\0" "Yopf;\0\xf0\x9d\x95\x90\0"
    "Yscr;\0\xf0\x9d\x92\xb4\0" "Yuml;\0\xc5\xb8\0" "ZHcy;\0\xd0\x96\0" "Zacute;\0\xc5\xb9\0"
    "Zcaron;\0\xc5\xbd\0" "Zcy;\0\xd0\x97\0" "Zdot;\0\xc5\xbb\0" "ZeroWidthSpace;\0\xe2\x80\x8b\0"
    "Zeta;\0\xce\x96\0" "Zfr;\0\xe2\x84\xa8\0" "Zopf;\0\xe2\x84\xa4\0" "Zscr;\0\xf0\x9d\x92\xb5\0"
    "aacute\0\xc3\xa1\0" "aacute;\0\xc3\xa1\0" "abreve;\0\xc4\x83\0" "ac;\0\xe2\x88\xbe\0"
    "acE;\0\xe2\x88\xbe\xcc\xb3\0" "acd;\0\xe2\x88\xbf\0" "acirc\0\xc3\xa2\0" "acirc;\0\xc3\xa2\0"
    "acute\0\xc2\xb4\0" "acute;\0\xc2\xb4\0" "acy;\0\xd0\xb0\0" "aelig\0\xc3\xa6\0"
    "aelig;\0\xc3\xa6\0" "af;\0\xe2\x81\xa1\0" "afr;\0\xf0\x9d\x94\x9e\0" "agrave\0\xc3\xa0\0"
    "agrave;\0\xc3\xa0\0" "alefsym;\0\xe2\x84\xb5\0" "aleph;\0\xe2\x84\xb5\0" "alpha;\0\xce\xb1\0"
    "amacr;\0\xc4\x81\0" "amalg;\0\xe2\xa8\xbf\0" "amp\0\x26\0" "amp;\0\x26\0"
    "and;\0\xe2\x88\xa7\0" "andand;\0\xe2\xa9\x95\0" "andd;\0\xe2\xa9\x9c\0"
    "andslope;\0\xe2\xa9\x98\0" "andv;\0\xe2\xa9\x9a\0" "ang;\0\xe2\x88\xa0\0"
    "ange;\0\xe2\xa6\xa4\0" "angle;\0\xe2\x88\xa0\0" "angmsd;\0\xe2\x88\xa1\0"
    "angmsdaa;\0\xe2\xa6\xa8\0" "angmsdab;\0\xe2\xa6\xa9\0" "angmsdac;\0\xe2\xa6\xaa\0"
    "angmsdad;\0\xe2\xa6\xab\0" "angmsdae;\0\xe2\xa6\xac\0" "angmsdaf;\0\xe2\xa6\xad\0"
    "angmsdag;\0\xe2\xa6\xae\0" "angmsdah;\0\xe2\xa6\xaf\0" "angrt;\0\xe2\x88\x9f\0"
    "angrtvb;\0\xe2\x8a\xbe\0" "angrtvbd;\0\xe2\xa6\x9d\0" "angsph;\0\xe2\x88\xa2\0"
    "angst;\0\xc3\x85\0" "angzarr;\0\xe2\x8d\xbc\0" "aogon;\0\xc4\x85\0"
    "aopf;\0\xf0\x9d\x95\x92\0" "ap;\0\xe2\x89\x88\0" "apE;\0\xe2\xa9\xb0\0"
    "apacir;\0\xe2\xa9\xaf\0" "ape;\0\xe2\x89\x8a\0" "apid;\0\xe2\x89\x8b\0" "apos;\0\x27\0"
    "approx;\0\xe2\x89\x88\0" "approxeq;\0\xe2\x89\x8a\0" "aring\0\xc3\xa5\0" "aring;\0\xc3\xa5\0"
    "ascr;\0\xf0\x9d\x92\xb6\0" "ast;\0\x2a\0" "asymp;\0\xe2\x89\x88\0" "asympeq;\0\xe2\x89\x8d\0"
    "atilde\0\xc3\xa3\0" "atilde;\0\xc3\xa3\0" "auml\0\xc3\xa4\0" "auml;\0\xc3\xa4\0"
    "awconint;\0\xe2\x88\xb3\0" "awint;\0\xe2\xa8\x91\0" "bNot;\0\xe2\xab\xad\0"
    "backcong;\0\xe2\x89\x8c\0" "backepsilon;\0\xcf\xb6\0" "backprime;\0\xe2\x80\xb5\0"
    "backsim;\0\xe2\x88\xbd\0" "backsimeq;\0\xe2\x8b\x8d\0" "barvee;\0\xe2\x8a\xbd\0"
    "barwed;\0\xe2\x8c\x85\0" "barwedge;\0\xe2\x8c\x85\0" "bbrk;\0\xe2\x8e\xb5\0"
    "bbrktbrk;\0\xe2\x8e\xb6\0" "bcong;\0\xe2\x89\x8c\0" "bcy;\0\xd0\xb1\0"
    "bdquo;\0\xe2\x80\x9e\0" "becaus;\0\xe2\x88\xb5\0" "because;\0\xe2\x88\xb5\0"
    "bemptyv;\0\xe2\xa6\xb0\0" "bepsi;\0\xcf\xb6\0" "bernou;\0\xe2\x84\xac\0" "beta;\0\xce\xb2\0"
    "beth;\0\xe2\x84\xb6\0" "between;\0\xe2\x89\xac\0" "bfr;\0\xf0\x9d\x94\x9f\0"
    "bigcap;\0\xe2\x8b\x82\0" "bigcirc;\0\xe2\x97\xaf\0" "bigcup;\0\xe2\x8b\x83\0"
    "bigodot;\0\xe2\xa8\x80\0" "bigoplus;\0\xe2\xa8\x81\0" "bigotimes;\0\xe2\xa8\x82\0"
    "bigsqcup;\0\xe2\xa8\x86\0" "bigstar;\0\xe2\x98\x85\0" "bigtriangledown;\0\xe2\x96\xbd\0"
    "bigtriangleup;\0\xe2\x96\xb3\0" "biguplus;\0\xe2\xa8\x84\0" "bigvee;\0\xe2\x8b\x81\0"
    "bigwedge;\0\xe2\x8b\x80\0" "bkarow;\0\xe2\xa4\x8d\0" "blacklozenge;\0\xe2\xa7\xab\0"
    "blacksquare;\0\xe2\x96\xaa\0" "blacktriangle;\0\xe2\x96\xb4\0"
    "blacktriangledown;\0\xe2\x96\xbe\0" "blacktriangleleft;\0\xe2\x97\x82\0"
    "blacktriangleright;\0\xe2\x96\xb8\0" "blank;\0\xe2\x90\xa3\0" "blk12;\0\xe2\x96\x92\0"
    "blk14;\0\xe2\x96\x91\0" "blk34;\0\xe2\x96\x93\0" "block;\0\xe2\x96\x88\0"
    "bne;\0\x3d\xe2\x83\xa5\0" "bnequiv;\0\xe2\x89\xa1\xe2\x83\xa5\0" "bnot;\0\xe2\x8c\x90\0"
    "bopf;\0\xf0\x9d\x95\x93\0" "bot;\0\xe2\x8a\xa5\0" "bottom;\0\xe2\x8a\xa5\0"
    "bowtie;\0\xe2\x8b\x88\0" "boxDL;\0\xe2\x95\x97\0" "boxDR;\0\xe2\x95\x94\0"
    "boxDl;\0\xe2\x95\x96\0" "boxDr;\0\xe2\x95\x93\0" "boxH;\0\xe2\x95\x90\0"
    "boxHD;\0\xe2\x95\xa6\0" "boxHU;\0\xe2\x95\xa9\0" "boxHd;\0\xe2\x95\xa4\0"
    "boxHu;\0\xe2\x95\xa7\0" "boxUL;\0\xe2\x95\x9d\0" "boxUR;\0\xe2\x95\x9a\0"
    "boxUl;\0\xe2\x95\x9c\0" "boxUr;\0\xe2\x95\x99\0" "boxV;\0\xe2\x95\x91\0"
    "boxVH;\0\xe2\x95\xac\0" "boxVL;\0\xe2\x95\xa3\0" "boxVR;\0\xe2\x95\xa0\0"
    "boxVh;\0\xe2\x95\xab\0" "boxVl;\0\xe2\x95\xa2\0" "boxVr;\0\xe2\x95\x9f\0"
    "boxbox;\0\xe2\xa7\x89\0" "boxdL;\0\xe2\x95\x95\0" "boxdR;\0\xe2\x95\x92\0"
    "boxdl;\0\xe2\x94\x90\0" "boxdr;\0\xe2\x94\x8c\0" "boxh;\0\xe2\x94\x80\0"
    "boxhD;\0\xe2\x95\xa5\0" "boxhU;\0\xe2\x95\xa8\0" "boxhd;\0\xe2\x94\xac\0"
    "boxhu;\0\xe2\x94\xb4\0" "boxminus;\0\xe2\x8a\x9f\0" "boxplus;\0\xe2\x8a\x9e\0"
    "boxtimes;\0\xe2\x8a\xa0\0" "boxuL;\0\xe2\x95\x9b\0" "boxuR;\0\xe2\x95\x98\0"
    "boxul;\0\xe2\x94\x98\0" "boxur;\0\xe2\x94\x94\0" "boxv;\0\xe2\x94\x82\0"
    "boxvH;\0\xe2\x95\xaa\0" "boxvL;\0\xe2\x95\xa1\0" "boxvR;\0\xe2\x95\x9e\0"
    "boxvh;\0\xe2\x94\xbc\0" "boxvl;\0\xe2\x94\xa4\0" "boxvr;\0\xe2\x94\x9c\0"
    "bprime;\0\xe2\x80\xb5\0" "breve;\0\xcb\x98\0" "brvbar\0\xc2\xa6\0" "brvbar;\0\xc2\xa6\0"
    "bscr;\0\xf0\x9d\x92\xb7\0" "bsemi;\0\xe2\x81\x8f\0" "bsim;\0\xe2\x88\xbd\0"
    "bsime;\0\xe2\x8b\x8d\0" "bsol;\0\x5c\0" "bsolb;\0\xe2\xa7\x85\0" "bsolhsub;\0\xe2\x9f\x88\0"
    "bull;\0\xe2\x80\xa2\0" "bullet;\0\xe2\x80\xa2\0" "bump;\0\xe2\x89\x8e\0"
    "bumpE;\0\xe2\xaa\xae\0" "bumpe;\0\xe2\x89\x8f\0" "bumpeq;\0\xe2\x89\x8f\0"
    "cacute;\0\xc4\x87\0" "cap;\0\xe2\x88\xa9\0" "capand;\0\xe2\xa9\x84\0"
    "capbrcup;\0\xe2\xa9\x89\0" "capcap;\0\xe2\xa9\x8b\0" "capcup;\0\xe2\xa9\x87\0"
    "capdot;\0\xe2\xa9\x80\0" "caps;\0\xe2\x88\xa9\xef\xb8\x80\0" "caret;\0\xe2\x81\x81\0"
    "caron;\0\xcb\x87\0" "ccaps;\0\xe2\xa9\x8d\0" "ccaron;\0\xc4\x8d\0" "ccedil\0\xc3\xa7\0"
    "ccedil;\0\xc3\xa7\0" "ccirc;\0\xc4\x89\0" "ccups;\0\xe2\xa9\x8c\0" "ccupssm;\0\xe2\xa9\x90\0"
    "cdot;\0\xc4\x8b\0" "cedil\0\xc2\xb8\0" "cedil;\0\xc2\xb8\0" "cemptyv;\0\xe2\xa6\xb2\0"
    "cent\0\xc2\xa2\0" "cent;\0\xc2\xa2\0" "centerdot;\0\xc2\xb7\0" "cfr;\0\xf0\x9d\x94\xa0\0"
    "chcy;\0\xd1\x87\0" "check;\0\xe2\x9c\x93\0" "checkmark;\0\xe2\x9c\x93\0" "chi;\0\xcf\x87\0"
    "cir;\0\xe2\x97\x8b\0" "cirE;\0\xe2\xa7\x83\0" "circ;\0\xcb\x86\0" "circeq;\0\xe2\x89\x97\0"
    "circlearrowleft;\0\xe2\x86\xba\0" "circlearrowright;\0\xe2\x86\xbb\0" "circledR;\0\xc2\xae\0"
    "circledS;\0\xe2\x93\x88\0" "circledast;\0\xe2\x8a\x9b\0" "circledcirc;\0\xe2\x8a\x9a\0"
    "circleddash;\0\xe2\x8a\x9d\0" "cire;\0\xe2\x89\x97\0" "cirfnint;\0\xe2\xa8\x90\0"
    "cirmid;\0\xe2\xab\xaf\0" "cirscir;\0\xe2\xa7\x82\0" "clubs;\0\xe2\x99\xa3\0"
    "clubsuit;\0\xe2\x99\xa3\0" "colon;\0\x3a\0" "colone;\0\xe2\x89\x94\0"
    "coloneq;\0\xe2\x89\x94\0" "comma;\0\x2c\0" "commat;\0\x40\0" "comp;\0\xe2\x88\x81\0"
    "compfn;\0\xe2\x88\x98\0" "complement;\0\xe2\x88\x81\0" "complexes;\0\xe2\x84\x82\0"
    "cong;\0\xe2\x89\x85\0" "congdot;\0\xe2\xa9\xad\0" "conint;\0\xe2\x88\xae\0"
    "copf;\0\xf0\x9d\x95\x94\0" "coprod;\0\xe2\x88\x90\0" "copy\0\xc2\xa9\0" "copy;\0\xc2\xa9\0"
    "copysr;\0\xe2\x84\x97\0" "crarr;\0\xe2\x86\xb5\0" "cross;\0\xe2\x9c\x97\0"
    "cscr;\0\xf0\x9d\x92\xb8\0" "csub;\0\xe2\xab\x8f\0" "csube;\0\xe2\xab\x91\0"
    "csup;\0\xe2\xab\x90\0" "csupe;\0\xe2\xab\x92\0" "ctdot;\0\xe2\x8b\xaf\0"
    "cudarrl;\0\xe2\xa4\xb8\0" "cudarrr;\0\xe2\xa4\xb5\0" "cuepr;\0\xe2\x8b\x9e\0"
    "cuesc;\0\xe2\x8b\x9f\0" "cularr;\0\xe2\x86\xb6\0" "cularrp;\0\xe2\xa4\xbd\0"
    "cup;\0\xe2\x88\xaa\0" "cupbrcap;\0\xe2\xa9\x88\0" "cupcap;\0\xe2\xa9\x86\0"
    "cupcup;\0\xe2\xa9\x8a\0" "cupdot;\0\xe2\x8a\x8d\0" "cupor;\0\xe2\xa9\x85\0"
    "cups;\0\xe2\x88\xaa\xef\xb8\x80\0" "curarr;\0\xe2\x86\xb7\0" "curarrm;\0\xe2\xa4\xbc\0"
    "curlyeqprec;\0\xe2\x8b\x9e\0" "curlyeqsucc;\0\xe2\x8b\x9f\0" "curlyvee;\0\xe2\x8b\x8e\0"
    "curlywedge;\0\xe2\x8b\x8f\0" "curren\0\xc2\xa4\0" "curren;\0\xc2\xa4\0"
    "curvearrowleft;\0\xe2\x86\xb6\0" "curvearrowright;\0\xe2\x86\xb7\0" "cuvee;\0\xe2\x8b\x8e\0"
    "cuwed;\0\xe2\x8b\x8f\0" "cwconint;\0\xe2\x88\xb2\0" "cwint;\0\xe2\x88\xb1\0"
    "cylcty;\0\xe2\x8c\xad\0" "dArr;\0\xe2\x87\x93\0" "dHar;\0\xe2\xa5\xa5\0"
    "dagger;\0\xe2\x80\xa0\0" "daleth;\0\xe2\x84\xb8\0" "darr;\0\xe2\x86\x93\0"
    "dash;\0\xe2\x80\x90\0" "dashv;\0\xe2\x8a\xa3\0" "dbkarow;\0\xe2\xa4\x8f\0"
    "dblac;\0\xcb\x9d\0" "dcaron;\0\xc4\x8f\0" "dcy;\0\xd0\xb4\0" "dd;\0\xe2\x85\x86\0"
    "ddagger;\0\xe2\x80\xa1\0" "ddarr;\0\xe2\x87\x8a\0" "ddotseq;\0\xe2\xa9\xb7\0"
    "deg\0\xc2\xb0\0" "deg;\0\xc2\xb0\0" "delta;\0\xce\xb4\0" "demptyv;\0\xe2\xa6\xb1\0"
    "dfisht;\0\xe2\xa5\xbf\0" "dfr;\0\xf0\x9d\x94\xa1\0" "dharl;\0\xe2\x87\x83\0"
    "dharr;\0\xe2\x87\x82\0" "diam;\0\xe2\x8b\x84\0" "diamond;\0\xe2\x8b\x84\0"
    "diamondsuit;\0\xe2\x99\xa6\0" "diams;\0\xe2\x99\xa6\0" "die;\0\xc2\xa8\0"
    "digamma;\0\xcf\x9d\0" "disin;\0\xe2\x8b\xb2\0" "div;\0\xc3\xb7\0" "divide\0\xc3\xb7\0"
    "divide;\0\xc3\xb7\0" "divideontimes;\0\xe2\x8b\x87\0" "divonx;\0\xe2\x8b\x87\0"
    "djcy;\0\xd1\x92\0" "dlcorn;\0\xe2\x8c\x9e\0" "dlcrop;\0\xe2\x8c\x8d\0" "dollar;\0\x24\0"
    "dopf;\0\xf0\x9d\x95\x95\0" "dot;\0\xcb\x99\0" "doteq;\0\xe2\x89\x90\0"
    "doteqdot;\0\xe2\x89\x91\0" "dotminus;\0\xe2\x88\xb8\0" "dotplus;\0\xe2\x88\x94\0"
    "dotsquare;\0\xe2\x8a\xa1\0" "doublebarwedge;\0\xe2\x8c\x86\0" "downarrow;\0\xe2\x86\x93\0"
    "downdownarrows;\0\xe2\x87\x8a\0" "downharpoonleft;\0\xe2\x87\x83\0"
    "downharpoonright;\0\xe2\x87\x82\0" "drbkarow;\0\xe2\xa4\x90\0" "drcorn;\0\xe2\x8c\x9f\0"
    "drcrop;\0\xe2\x8c\x8c\0" "dscr;\0\xf0\x9d\x92\xb9\0" "dscy;\0\xd1\x95\0"
    "dsol;\0\xe2\xa7\xb6\0" "dstrok;\0\xc4\x91\0" "dtdot;\0\xe2\x8b\xb1\0" "dtri;\0\xe2\x96\xbf\0"
    "dtrif;\0\xe2\x96\xbe\0" "duarr;\0\xe2\x87\xb5\0" "duhar;\0\xe2\xa5\xaf\0"
    "dwangle;\0\xe2\xa6\xa6\0" "dzcy;\0\xd1\x9f\0" "dzigrarr;\0\xe2\x9f\xbf\0"
    "eDDot;\0\xe2\xa9\xb7\0" "eDot;\0\xe2\x89\x91\0" "eacute\0\xc3\xa9\0" "eacute;\0\xc3\xa9\0"
    "easter;\0\xe2\xa9\xae\0" "ecaron;\0\xc4\x9b\0" "ecir;\0\xe2\x89\x96\0" "ecirc\0\xc3\xaa\0"
    "ecirc;\0\xc3\xaa\0" "ecolon;\0\xe2\x89\x95\0" "ecy;\0\xd1\x8d\0" "edot;\0\xc4\x97\0"
    "ee;\0\xe2\x85\x87\0" "efDot;\0\xe2\x89\x92\0" "efr;\0\xf0\x9d\x94\xa2\0" "eg;\0\xe2\xaa\x9a\0"
    "egrave\0\xc3\xa8\0" "egrave;\0\xc3\xa8\0" "egs;\0\xe2\xaa\x96\0" "egsdot;\0\xe2\xaa\x98\0"
    "el;\0\xe2\xaa\x99\0" "elinters;\0\xe2\x8f\xa7\0" "ell;\0\xe2\x84\x93\0" "els;\0\xe2\xaa\x95\0"
    "elsdot;\0\xe2\xaa\x97\0" "emacr;\0\xc4\x93\0" "empty;\0\xe2\x88\x85\0"
    "emptyset;\0\xe2\x88\x85\0" "emptyv;\0\xe2\x88\x85\0" "emsp13;\0\xe2\x80\x84\0"
    "emsp14;\0\xe2\x80\x85\0" "emsp;\0\xe2\x80\x83\0" "eng;\0\xc5\x8b\0" "ensp;\0\xe2\x80\x82\0"
    "eogon;\0\xc4\x99\0" "eopf;\0\xf0\x9d\x95\x96\0" "epar;\0\xe2\x8b\x95\0"
    "eparsl;\0\xe2\xa7\xa3\0" "eplus;\0\xe2\xa9\xb1\0" "epsi;\0\xce\xb5\0" "epsilon;\0\xce\xb5\0"
    "epsiv;\0\xcf\xb5\0" "eqcirc;\0\xe2\x89\x96\0" "eqcolon;\0\xe2\x89\x95\0"
    "eqsim;\0\xe2\x89\x82\0" "eqslantgtr;\0\xe2\xaa\x96\0" "eqslantless;\0\xe2\xaa\x95\0"
    "equals;\0\x3d\0" "equest;\0\xe2\x89\x9f\0" "equiv;\0\xe2\x89\xa1\0" "equivDD;\0\xe2\xa9\xb8\0"
    "eqvparsl;\0\xe2\xa7\xa5\0" "erDot;\0\xe2\x89\x93\0" "erarr;\0\xe2\xa5\xb1\0"
    "escr;\0\xe2\x84\xaf\0" "esdot;\0\xe2\x89\x90\0" "esim;\0\xe2\x89\x82\0" "eta;\0\xce\xb7\0"
    "eth\0\xc3\xb0\0" "eth;\0\xc3\xb0\0" "euml\0\xc3\xab\0" "euml;\0\xc3\xab\0"
    "euro;\0\xe2\x82\xac\0" "excl;\0\x21\0" "exist;\0\xe2\x88\x83\0" "expectation;\0\xe2\x84\xb0\0"
    "exponentiale;\0\xe2\x85\x87\0" "fallingdotseq;\0\xe2\x89\x92\0" "fcy;\0\xd1\x84\0"
    "female;\0\xe2\x99\x80\0" "ffilig;\0\xef\xac\x83\0" "fflig;\0\xef\xac\x80\0"
    "ffllig;\0\xef\xac\x84\0" "ffr;\0\xf0\x9d\x94\xa3\0" "filig;\0\xef\xac\x81\0"
    "fjlig;\0\x66\x6a\0" "flat;\0\xe2\x99\xad\0" "fllig;\0\xef\xac\x82\0" "fltns;\0\xe2\x96\xb1\0"
    "fnof;\0\xc6\x92\0" "fopf;\0\xf0\x9d\x95\x97\0" "forall;\0\xe2\x88\x80\0"
    "fork;\0\xe2\x8b\x94\0" "forkv;\0\xe2\xab\x99\0" "fpartint;\0\xe2\xa8\x8d\0"
    "frac12\0\xc2\xbd\0" "frac12;\0\xc2\xbd\0" "frac13;\0\xe2\x85\x93\0" "frac14\0\xc2\xbc\0"
    "frac14;\0\xc2\xbc\0" "frac15;\0\xe2\x85\x95\0" "frac16;\0\xe2\x85\x99\0"
    "frac18;\0\xe2\x85\x9b\0" "frac23;\0\xe2\x85\x94\0" "frac25;\0\xe2\x85\x96\0"
    "frac34\0\xc2\xbe\0" "frac34;\0\xc2\xbe\0" "frac35;\0\xe2\x85\x97\0" "frac38;\0\xe2\x85\x9c\0"
    "frac45;\0\xe2\x85\x98\0" "frac56;\0\xe2\x85\x9a\0" "frac58;\0\xe2\x85\x9d\0"
    "frac78;\0\xe2\x85\x9e\0" "frasl;\0\xe2\x81\x84\0" "frown;\0\xe2\x8c\xa2\0"
    "fscr;\0\xf0\x9d\x92\xbb\0" "gE;\0\xe2\x89\xa7\0" "gEl;\0\xe2\xaa\x8c\0" "gacute;\0\xc7\xb5\0"
    "gamma;\0\xce\xb3\0" "gammad;\0\xcf\x9d\0" "gap;\0\xe2\xaa\x86\0" "gbreve;\0\xc4\x9f\0"
    "gcirc;\0\xc4\x9d\0" "gcy;\0\xd0\xb3\0" "gdot;\0\xc4\xa1\0" "ge;\0\xe2\x89\xa5\0"
    "gel;\0\xe2\x8b\x9b\0" "geq;\0\xe2\x89\xa5\0" "geqq;\0\xe2\x89\xa7\0"
    "geqslant;\0\xe2\xa9\xbe\0" "ges;\0\xe2\xa9\xbe\0" "gescc;\0\xe2\xaa\xa9\0"
    "gesdot;\0\xe2\xaa\x80\0" "gesdoto;\0\xe2\xaa\x82\0" "gesdotol;\0\xe2\xaa\x84\0"
    "gesl;\0\xe2\x8b\x9b\xef\xb8\x80\0" "gesles;\0\xe2\xaa\x94\0" "gfr;\0\xf0\x9d\x94\xa4\0"
    "gg;\0\xe2\x89\xab\0" "ggg;\0\xe2\x8b\x99\0" "gimel;\0\xe2\x84\xb7\0" "gjcy;\0\xd1\x93\0"
    "gl;\0\xe2\x89\xb7\0" "glE;\0\xe2\xaa\x92\0" "gla;\0\xe2\xaa\xa5\0" "glj;\0\xe2\xaa\xa4\0"
    "gnE;\0\xe2\x89\xa9\0" "gnap;\0\xe2\xaa\x8a\0" "gnapprox;\0\xe2\xaa\x8a\0"
    "gne;\0\xe2\xaa\x88\0" "gneq;\0\xe2\xaa\x88\0" "gneqq;\0\xe2\x89\xa9\0"
    "gnsim;\0\xe2\x8b\xa7\0" "gopf;\0\xf0\x9d\x95\x98\0" "grave;\0\x60\0" "gscr;\0\xe2\x84\x8a\0"
    "gsim;\0\xe2\x89\xb3\0" "gsime;\0\xe2\xaa\x8e\0" "gsiml;\0\xe2\xaa\x90\0" "gt\0\x3e\0"
    "gt;\0\x3e\0" "gtcc;\0\xe2\xaa\xa7\0" "gtcir;\0\xe2\xa9\xba\0" "gtdot;\0\xe2\x8b\x97\0"
    "gtlPar;\0\xe2\xa6\x95\0" "gtquest;\0\xe2\xa9\xbc\0" "gtrapprox;\0\xe2\xaa\x86\0"
    "gtrarr;\0\xe2\xa5\xb8\0" "gtrdot;\0\xe2\x8b\x97\0" "gtreqless;\0\xe2\x8b\x9b\0"
    "gtreqqless;\0\xe2\xaa\x8c\0" "gtrless;\0\xe2\x89\xb7\0" "gtrsim;\0\xe2\x89\xb3\0"
    "gvertneqq;\0\xe2\x89\xa9\xef\xb8\x80\0" "gvnE;\0\xe2\x89\xa9\xef\xb8\x80\0"
    "hArr;\0\xe2\x87\x94\0" "hairsp;\0\xe2\x80\x8a\0" "half;\0\xc2\xbd\0" "hamilt;\0\xe2\x84\x8b\0"
    "hardcy;\0\xd1\x8a\0" "harr;\0\xe2\x86\x94\0" "harrcir;\0\xe2\xa5\x88\0"
    "harrw;\0\xe2\x86\xad\0" "hbar;\0\xe2\x84\x8f\0" "hcirc;\0\xc4\xa5\0" "hearts;\0\xe2\x99\xa5\0"
    "heartsuit;\0\xe2\x99\xa5\0" "hellip;\0\xe2\x80\xa6\0" "hercon;\0\xe2\x8a\xb9\0"
    "hfr;\0\xf0\x9d\x94\xa5\0" "hksearow;\0\xe2\xa4\xa5\0" "hkswarow;\0\xe2\xa4\xa6\0"
    "hoarr;\0\xe2\x87\xbf\0" "homtht;\0\xe2\x88\xbb\0" "hookleftarrow;\0\xe2\x86\xa9\0"
    "hookrightarrow;\0\xe2\x86\xaa\0" "hopf;\0\xf0\x9d\x95\x99\0" "horbar;\0\xe2\x80\x95\0"
    "hscr;\0\xf0\x9d\x92\xbd\0" "hslash;\0\xe2\x84\x8f\0" "hstrok;\0\xc4\xa7\0"
    "hybull;\0\xe2\x81\x83\0" "hyphen;\0\xe2\x80\x90\0" "iacute\0\xc3\xad\0" "iacute;\0\xc3\xad\0"
    "ic;\0\xe2\x81\xa3\0" "icirc\0\xc3\xae\0" "icirc;\0\xc3\xae\0" "icy;\0\xd0\xb8\0"
    "iecy;\0\xd0\xb5\0" "iexcl\0\xc2\xa1\0" "iexcl;\0\xc2\xa1\0" "iff;\0\xe2\x87\x94\0"
    "ifr;\0\xf0\x9d\x94\xa6\0" "igrave\0\xc3\xac\0" "igrave;\0\xc3\xac\0" "ii;\0\xe2\x85\x88\0"
    "iiiint;\0\xe2\xa8\x8c\0" "iiint;\0\xe2\x88\xad\0" "iinfin;\0\xe2\xa7\x9c\0"
    "iiota;\0\xe2\x84\xa9\0" "ijlig;\0\xc4\xb3\0" "imacr;\0\xc4\xab\0" "image;\0\xe2\x84\x91\0"
    "imagline;\0\xe2\x84\x90\0" "imagpart;\0\xe2\x84\x91\0" "imath;\0\xc4\xb1\0"
    "imof;\0\xe2\x8a\xb7\0" "imped;\0\xc6\xb5\0" "in;\0\xe2\x88\x88\0" "incare;\0\xe2\x84\x85\0"
    "infin;\0\xe2\x88\x9e\0" "infintie;\0\xe2\xa7\x9d\0" "inodot;\0\xc4\xb1\0"
    "int;\0\xe2\x88\xab\0" "intcal;\0\xe2\x8a\xba\0" "integers;\0\xe2\x84\xa4\0"
    "intercal;\0\xe2\x8a\xba\0" "intlarhk;\0\xe2\xa8\x97\0" "intprod;\0\xe2\xa8\xbc\0"
    "iocy;\0\xd1\x91\0" "iogon;\0\xc4\xaf\0" "iopf;\0\xf0\x9d\x95\x9a\0" "iota;\0\xce\xb9\0"
    "iprod;\0\xe2\xa8\xbc\0" "iquest\0\xc2\xbf\0" "iquest;\0\xc2\xbf\0" "iscr;\0\xf0\x9d\x92\xbe\0"
    "isin;\0\xe2\x88\x88\0" "isinE;\0\xe2\x8b\xb9\0" "isindot;\0\xe2\x8b\xb5\0"
    "isins;\0\xe2\x8b\xb4\0" "isinsv;\0\xe2\x8b\xb3\0" "isinv;\0\xe2\x88\x88\0"
    "it;\0\xe2\x81\xa2\0" "itilde;\0\xc4\xa9\0" "iukcy;\0\xd1\x96\0" "iuml\0\xc3\xaf\0"
    "iuml;\0\xc3\xaf\0" "jcirc;\0\xc4\xb5\0" "jcy;\0\xd0\xb9\0" "jfr;\0\xf0\x9d\x94\xa7\0"
    "jmath;\0\xc8\xb7\0" "jopf;\0\xf0\x9d\x95\x9b\0" "jscr;\0\xf0\x9d\x92\xbf\0"
    "jsercy;\0\xd1\x98\0" "jukcy;\0\xd1\x94\0" "kappa;\0\xce\xba\0" "kappav;\0\xcf\xb0\0"
    "kcedil;\0\xc4\xb7\0" "kcy;\0\xd0\xba\0" "kfr;\0\xf0\x9d\x94\xa8\0" "kgreen;\0\xc4\xb8\0"
    "khcy;\0\xd1\x85\0" "kjcy;\0\xd1\x9c\0" "kopf;\0\xf0\x9d\x95\x9c\0" "kscr;\0\xf0\x9d\x93\x80\0"
    "lAarr;\0\xe2\x87\x9a\0" "lArr;\0\xe2\x87\x90\0" "lAtail;\0\xe2\xa4\x9b\0"
    "lBarr;\0\xe2\xa4\x8e\0" "lE;\0\xe2\x89\xa6\0" "lEg;\0\xe2\xaa\x8b\0" "lHar;\0\xe2\xa5\xa2\0"
    "lacute;\0\xc4\xba\0" "laemptyv;\0\xe2\xa6\xb4\0" "lagran;\0\xe2\x84\x92\0"
    "lambda;\0\xce\xbb\0" "lang;\0\xe2\x9f\xa8\0" "langd;\0\xe2\xa6\x91\0"
    "langle;\0\xe2\x9f\xa8\0" "lap;\0\xe2\xaa\x85\0" "laquo\0\xc2\xab\0" "laquo;\0\xc2\xab\0"
    "larr;\0\xe2\x86\x90\0" "larrb;\0\xe2\x87\xa4\0" "larrbfs;\0\xe2\xa4\x9f\0"
    "larrfs;\0\xe2\xa4\x9d\0" "larrhk;\0\xe2\x86\xa9\0" "larrlp;\0\xe2\x86\xab\0"
    "larrpl;\0\xe2\xa4\xb9\0" "larrsim;\0\xe2\xa5\xb3\0" "larrtl;\0\xe2\x86\xa2\0"
    "lat;\0\xe2\xaa\xab\0" "latail;\0\xe2\xa4\x99\0" "late;\0\xe2\xaa\xad\0"
    "lates;\0\xe2\xaa\xad\xef\xb8\x80\0" "lbarr;\0\xe2\xa4\x8c\0" "lbbrk;\0\xe2\x9d\xb2\0"
    "lbrace;\0\x7b\0" "lbrack;\0\x5b\0" "lbrke;\0\xe2\xa6\x8b\0" "lbrksld;\0\xe2\xa6\x8f\0"
    "lbrkslu;\0\xe2\xa6\x8d\0" "lcaron;\0\xc4\xbe\0" "lcedil;\0\xc4\xbc\0" "lceil;\0\xe2\x8c\x88\0"
    "lcub;\0\x7b\0" "lcy;\0\xd0\xbb\0" "ldca;\0\xe2\xa4\xb6\0" "ldquo;\0\xe2\x80\x9c\0"
    "ldquor;\0\xe2\x80\x9e\0" "ldrdhar;\0\xe2\xa5\xa7\0" "ldrushar;\0\xe2\xa5\x8b\0"
    "ldsh;\0\xe2\x86\xb2\0" "le;\0\xe2\x89\xa4\0" "leftarrow;\0\xe2\x86\x90\0"
    "leftarrowtail;\0\xe2\x86\xa2\0" "leftharpoondown;\0\xe2\x86\xbd\0"
    "leftharpoonup;\0\xe2\x86\xbc\0" "leftleftarrows;\0\xe2\x87\x87\0"
    "leftrightarrow;\0\xe2\x86\x94\0" "leftrightarrows;\0\xe2\x87\x86\0"
    "leftrightharpoons;\0\xe2\x87\x8b\0" "leftrightsquigarrow;\0\xe2\x86\xad\0"
    "leftthreetimes;\0\xe2\x8b\x8b\0" "leg;\0\xe2\x8b\x9a\0" "leq;\0\xe2\x89\xa4\0"
    "leqq;\0\xe2\x89\xa6\0" "leqslant;\0\xe2\xa9\xbd\0" "les;\0\xe2\xa9\xbd\0"
    "lescc;\0\xe2\xaa\xa8\0" "lesdot;\0\xe2\xa9\xbf\0" "lesdoto;\0\xe2\xaa\x81\0"
    "lesdotor;\0\xe2\xaa\x83\0" "lesg;\0\xe2\x8b\x9a\xef\xb8\x80\0" "lesges;\0\xe2\xaa\x93\0"
    "lessapprox;\0\xe2\xaa\x85\0" "lessdot;\0\xe2\x8b\x96\0" "lesseqgtr;\0\xe2\x8b\x9a\0"
    "lesseqqgtr;\0\xe2\xaa\x8b\0" "lessgtr;\0\xe2\x89\xb6\0" "lesssim;\0\xe2\x89\xb2\0"
    "lfisht;\0\xe2\xa5\xbc\0" "lfloor;\0\xe2\x8c\x8a\0" "lfr;\0\xf0\x9d\x94\xa9\0"
    "lg;\0\xe2\x89\xb6\0" "lgE;\0\xe2\xaa\x91\0" "lhard;\0\xe2\x86\xbd\0" "lharu;\0\xe2\x86\xbc\0"
    "lharul;\0\xe2\xa5\xaa\0" "lhblk;\0\xe2\x96\x84\0" "ljcy;\0\xd1\x99\0" "ll;\0\xe2\x89\xaa\0"
    "llarr;\0\xe2\x87\x87\0" "llcorner;\0\xe2\x8c\x9e\0" "llhard;\0\xe2\xa5\xab\0"
    "lltri;\0\xe2\x97\xba\0" "lmidot;\0\xc5\x80\0" "lmoust;\0\xe2\x8e\xb0\0"
    "lmoustache;\0\xe2\x8e\xb0\0" "lnE;\0\xe2\x89\xa8\0" "lnap;\0\xe2\xaa\x89\0"
    "lnapprox;\0\xe2\xaa\x89\0" "lne;\0\xe2\xaa\x87\0" "lneq;\0\xe2\xaa\x87\0"
    "lneqq;\0\xe2\x89\xa8\0" "lnsim;\0\xe2\x8b\xa6\0" "loang;\0\xe2\x9f\xac\0"
    "loarr;\0\xe2\x87\xbd\0" "lobrk;\0\xe2\x9f\xa6\0" "longleftarrow;\0\xe2\x9f\xb5\0"
    "longleftrightarrow;\0\xe2\x9f\xb7\0" "longmapsto;\0\xe2\x9f\xbc\0"
    "longrightarrow;\0\xe2\x9f\xb6\0" "looparrowleft;\0\xe2\x86\xab\0"
    "looparrowright;\0\xe2\x86\xac\0" "lopar;\0\xe2\xa6\x85\0" "lopf;\0\xf0\x9d\x95\x9d\0"
    "loplus;\0\xe2\xa8\xad\0" "lotimes;\0\xe2\xa8\xb4\0" "lowast;\0\xe2\x88\x97\0"
    "lowbar;\0\x5f\0" "loz;\0\xe2\x97\x8a\0" "lozenge;\0\xe2\x97\x8a\0" "lozf;\0\xe2\xa7\xab\0"
    "lpar;\0\x28\0" "lparlt;\0\xe2\xa6\x93\0" "lrarr;\0\xe2\x87\x86\0" "lrcorner;\0\xe2\x8c\x9f\0"
    "lrhar;\0\xe2\x87\x8b\0" "lrhard;\0\xe2\xa5\xad\0" "lrm;\0\xe2\x80\x8e\0"
    "lrtri;\0\xe2\x8a\xbf\0" "lsaquo;\0\xe2\x80\xb9\0" "lscr;\0\xf0\x9d\x93\x81\0"
    "lsh;\0\xe2\x86\xb0\0" "lsim;\0\xe2\x89\xb2\0" "lsime;\0\xe2\xaa\x8d\0"
    "lsimg;\0\xe2\xaa\x8f\0" "lsqb;\0\x5b\0" "lsquo;\0\xe2\x80\x98\0" "lsquor;\0\xe2\x80\x9a\0"
    "lstrok;\0\xc5\x82\0" "lt\0\x3c\0" "lt;\0\x3c\0" "ltcc;\0\xe2\xaa\xa6\0"
    "ltcir;\0\xe2\xa9\xb9\0" "ltdot;\0\xe2\x8b\x96\0" "lthree;\0\xe2\x8b\x8b\0"
    "ltimes;\0\xe2\x8b\x89\0" "ltlarr;\0\xe2\xa5\xb6\0" "ltquest;\0\xe2\xa9\xbb\0"
    "ltrPar;\0\xe2\xa6\x96\0" "ltri;\0\xe2\x97\x83\0" "ltrie;\0\xe2\x8a\xb4\0"
    "ltrif;\0\xe2\x97\x82\0" "lurdshar;\0\xe2\xa5\x8a\0" "luruhar;\0\xe2\xa5\xa6\0"
    "lvertneqq;\0\xe2\x89\xa8\xef\xb8\x80\0" "lvnE;\0\xe2\x89\xa8\xef\xb8\x80\0"
    "mDDot;\0\xe2\x88\xba\0" "macr\0\xc2\xaf\0" "macr;\0\xc2\xaf\0" "male;\0\xe2\x99\x82\0"
    "malt;\0\xe2\x9c\xa0\0" "maltese;\0\xe2\x9c\xa0\0" "map;\0\xe2\x86\xa6\0"
    "mapsto;\0\xe2\x86\xa6\0" "mapstodown;\0\xe2\x86\xa7\0" "mapstoleft;\0\xe2\x86\xa4\0"
    "mapstoup;\0\xe2\x86\xa5\0" "marker;\0\xe2\x96\xae\0" "mcomma;\0\xe2\xa8\xa9\0"
    "mcy;\0\xd0\xbc\0" "mdash;\0\xe2\x80\x94\0" "measuredangle;\0\xe2\x88\xa1\0"
    "mfr;\0\xf0\x9d\x94\xaa\0" "mho;\0\xe2\x84\xa7\0" "micro\0\xc2\xb5\0" "micro;\0\xc2\xb5\0"
    "mid;\0\xe2\x88\xa3\0" "midast;\0\x2a\0" "midcir;\0\xe2\xab\xb0\0" "middot\0\xc2\xb7\0"
    "middot;\0\xc2\xb7\0" "minus;\0\xe2\x88\x92\0" "minusb;\0\xe2\x8a\x9f\0"
    "minusd;\0\xe2\x88\xb8\0" "minusdu;\0\xe2\xa8\xaa\0" "mlcp;\0\xe2\xab\x9b\0"
    "mldr;\0\xe2\x80\xa6\0" "mnplus;\0\xe2\x88\x93\0" "models;\0\xe2\x8a\xa7\0"
    "mopf;\0\xf0\x9d\x95\x9e\0" "mp;\0\xe2\x88\x93\0" "mscr;\0\xf0\x9d\x93\x82\0"
    "mstpos;\0\xe2\x88\xbe\0" "mu;\0\xce\xbc\0" "multimap;\0\xe2\x8a\xb8\0"
    "mumap;\0\xe2\x8a\xb8\0" "nGg;\0\xe2\x8b\x99\xcc\xb8\0" "nGt;\0\xe2\x89\xab\xe2\x83\x92\0"
    "nGtv;\0\xe2\x89\xab\xcc\xb8\0" "nLeftarrow;\0\xe2\x87\x8d\0"
    "nLeftrightarrow;\0\xe2\x87\x8e\0" "nLl;\0\xe2\x8b\x98\xcc\xb8\0"
    "nLt;\0\xe2\x89\xaa\xe2\x83\x92\0" "nLtv;\0\xe2\x89\xaa\xcc\xb8\0"
    "nRightarrow;\0\xe2\x87\x8f\0" "nVDash;\0\xe2\x8a\xaf\0" "nVdash;\0\xe2\x8a\xae\0"
    "nabla;\0\xe2\x88\x87\0" "nacute;\0\xc5\x84\0" "nang;\0\xe2\x88\xa0\xe2\x83\x92\0"
    "nap;\0\xe2\x89\x89\0" "napE;\0\xe2\xa9\xb0\xcc\xb8\0" "napid;\0\xe2\x89\x8b\xcc\xb8\0"
    "napos;\0\xc5\x89\0" "napprox;\0\xe2\x89\x89\0" "natur;\0\xe2\x99\xae\0"
    "natural;\0\xe2\x99\xae\0" "naturals;\0\xe2\x84\x95\0" "nbsp\0\xc2\xa0\0" "nbsp;\0\xc2\xa0\0"
    "nbump;\0\xe2\x89\x8e\xcc\xb8\0" "nbumpe;\0\xe2\x89\x8f\xcc\xb8\0" "ncap;\0\xe2\xa9\x83\0"
    "ncaron;\0\xc5\x88\0" "ncedil;\0\xc5\x86\0" "ncong;\0\xe2\x89\x87\0"
    "ncongdot;\0\xe2\xa9\xad\xcc\xb8\0" "ncup;\0\xe2\xa9\x82\0" "ncy;\0\xd0\xbd\0"
    "ndash;\0\xe2\x80\x93\0" "ne;\0\xe2\x89\xa0\0" "neArr;\0\xe2\x87\x97\0"
    "nearhk;\0\xe2\xa4\xa4\0" "nearr;\0\xe2\x86\x97\0" "nearrow;\0\xe2\x86\x97\0"
    "nedot;\0\xe2\x89\x90\xcc\xb8\0" "nequiv;\0\xe2\x89\xa2\0" "nesear;\0\xe2\xa4\xa8\0"
    "nesim;\0\xe2\x89\x82\xcc\xb8\0" "nexist;\0\xe2\x88\x84\0" "nexists;\0\xe2\x88\x84\0"
    "nfr;\0\xf0\x9d\x94\xab\0" "ngE;\0\xe2\x89\xa7\xcc\xb8\0" "nge;\0\xe2\x89\xb1\0"
    "ngeq;\0\xe2\x89\xb1\0" "ngeqq;\0\xe2\x89\xa7\xcc\xb8\0" "ngeqslant;\0\xe2\xa9\xbe\xcc\xb8\0"
    "nges;\0\xe2\xa9\xbe\xcc\xb8\0" "ngsim;\0\xe2\x89\xb5\0" "ngt;\0\xe2\x89\xaf\0"
    "ngtr;\0\xe2\x89\xaf\0" "nhArr;\0\xe2\x87\x8e\0" "nharr;\0\xe2\x86\xae\0"
    "nhpar;\0\xe2\xab\xb2\0" "ni;\0\xe2\x88\x8b\0" "nis;\0\xe2\x8b\xbc\0" "nisd;\0\xe2\x8b\xba\0"
    "niv;\0\xe2\x88\x8b\0" "njcy;\0\xd1\x9a\0" "nlArr;\0\xe2\x87\x8d\0"
    "nlE;\0\xe2\x89\xa6\xcc\xb8\0" "nlarr;\0\xe2\x86\x9a\0" "nldr;\0\xe2\x80\xa5\0"
    "nle;\0\xe2\x89\xb0\0" "nleftarrow;\0\xe2\x86\x9a\0" "nleftrightarrow;\0\xe2\x86\xae\0"
    "nleq;\0\xe2\x89\xb0\0" "nleqq;\0\xe2\x89\xa6\xcc\xb8\0" "nleqslant;\0\xe2\xa9\xbd\xcc\xb8\0"
    "nles;\0\xe2\xa9\xbd\xcc\xb8\0" "nless;\0\xe2\x89\xae\0" "nlsim;\0\xe2\x89\xb4\0"
    "nlt;\0\xe2\x89\xae\0" "nltri;\0\xe2\x8b\xaa\0" "nltrie;\0\xe2\x8b\xac\0"
    "nmid;\0\xe2\x88\xa4\0" "nopf;\0\xf0\x9d\x95\x9f\0" "not\0\xc2\xac\0" "not;\0\xc2\xac\0"
    "notin;\0\xe2\x88\x89\0" "notinE;\0\xe2\x8b\xb9\xcc\xb8\0" "notindot;\0\xe2\x8b\xb5\xcc\xb8\0"
    "notinva;\0\xe2\x88\x89\0" "notinvb;\0\xe2\x8b\xb7\0" "notinvc;\0\xe2\x8b\xb6\0"
    "notni;\0\xe2\x88\x8c\0" "notniva;\0\xe2\x88\x8c\0" "notnivb;\0\xe2\x8b\xbe\0"
    "notnivc;\0\xe2\x8b\xbd\0" "npar;\0\xe2\x88\xa6\0" "nparallel;\0\xe2\x88\xa6\0"
    "nparsl;\0\xe2\xab\xbd\xe2\x83\xa5\0" "npart;\0\xe2\x88\x82\xcc\xb8\0"
    "npolint;\0\xe2\xa8\x94\0" "npr;\0\xe2\x8a\x80\0" "nprcue;\0\xe2\x8b\xa0\0"
    "npre;\0\xe2\xaa\xaf\xcc\xb8\0" "nprec;\0\xe2\x8a\x80\0" "npreceq;\0\xe2\xaa\xaf\xcc\xb8\0"
    "nrArr;\0\xe2\x87\x8f\0" "nrarr;\0\xe2\x86\x9b\0" "nrarrc;\0\xe2\xa4\xb3\xcc\xb8\0"
    "nrarrw;\0\xe2\x86\x9d\xcc\xb8\0" "nrightarrow;\0\xe2\x86\x9b\0" "nrtri;\0\xe2\x8b\xab\0"
    "nrtrie;\0\xe2\x8b\xad\0" "nsc;\0\xe2\x8a\x81\0" "nsccue;\0\xe2\x8b\xa1\0"
    "nsce;\0\xe2\xaa\xb0\xcc\xb8\0" "nscr;\0\xf0\x9d\x93\x83\0" "nshortmid;\0\xe2\x88\xa4\0"
    "nshortparallel;\0\xe2\x88\xa6\0" "nsim;\0\xe2\x89\x81\0" "nsime;\0\xe2\x89\x84\0"
    "nsimeq;\0\xe2\x89\x84\0" "nsmid;\0\xe2\x88\xa4\0" "nspar;\0\xe2\x88\xa6\0"
    "nsqsube;\0\xe2\x8b\xa2\0" "nsqsupe;\0\xe2\x8b\xa3\0" "nsub;\0\xe2\x8a\x84\0"
    "nsubE;\0\xe2\xab\x85\xcc\xb8\0" "nsube;\0\xe2\x8a\x88\0"
    "nsubset;\0\xe2\x8a\x82\xe2\x83\x92\0" "nsubseteq;\0\xe2\x8a\x88\0"
    "nsubseteqq;\0\xe2\xab\x85\xcc\xb8\0" "nsucc;\0\xe2\x8a\x81\0"
    "nsucceq;\0\xe2\xaa\xb0\xcc\xb8\0" "nsup;\0\xe2\x8a\x85\0" "nsupE;\0\xe2\xab\x86\xcc\xb8\0"
    "nsupe;\0\xe2\x8a\x89\0" "nsupset;\0\xe2\x8a\x83\xe2\x83\x92\0" "nsupseteq;\0\xe2\x8a\x89\0"
    "nsupseteqq;\0\xe2\xab\x86\xcc\xb8\0" "ntgl;\0\xe2\x89\xb9\0" "ntilde\0\xc3\xb1\0"
    "ntilde;\0\xc3\xb1\0" "ntlg;\0\xe2\x89\xb8\0" "ntriangleleft;\0\xe2\x8b\xaa\0"
    "ntrianglelefteq;\0\xe2\x8b\xac\0" "ntriangleright;\0\xe2\x8b\xab\0"
    "ntrianglerighteq;\0\xe2\x8b\xad\0" "nu;\0\xce\xbd\0" "num;\0\x23\0" "numero;\0\xe2\x84\x96\0"
    "numsp;\0\xe2\x80\x87\0" "nvDash;\0\xe2\x8a\xad\0" "nvHarr;\0\xe2\xa4\x84\0"
    "nvap;\0\xe2\x89\x8d\xe2\x83\x92\0" "nvdash;\0\xe2\x8a\xac\0"
    "nvge;\0\xe2\x89\xa5\xe2\x83\x92\0" "nvgt;\0\x3e\xe2\x83\x92\0" "nvinfin;\0\xe2\xa7\x9e\0"
    "nvlArr;\0\xe2\xa4\x82\0" "nvle;\0\xe2\x89\xa4\xe2\x83\x92\0" "nvlt;\0\x3c\xe2\x83\x92\0"
    "nvltrie;\0\xe2\x8a\xb4\xe2\x83\x92\0" "nvrArr;\0\xe2\xa4\x83\0"
    "nvrtrie;\0\xe2\x8a\xb5\xe2\x83\x92\0" "nvsim;\0\xe2\x88\xbc\xe2\x83\x92\0"
    "nwArr;\0\xe2\x87\x96\0" "nwarhk;\0\xe2\xa4\xa3\0" "nwarr;\0\xe2\x86\x96\0"
    "nwarrow;\0\xe2\x86\x96\0" "nwnear;\0\xe2\xa4\xa7\0" "oS;\0\xe2\x93\x88\0" "oacute\0\xc3\xb3\0"
    "oacute;\0\xc3\xb3\0" "oast;\0\xe2\x8a\x9b\0" "ocir;\0\xe2\x8a\x9a\0" "ocirc\0\xc3\xb4\0"
    "ocirc;\0\xc3\xb4\0" "ocy;\0\xd0\xbe\0" "odash;\0\xe2\x8a\x9d\0" "odblac;\0\xc5\x91\0"
    "odiv;\0\xe2\xa8\xb8\0" "odot;\0\xe2\x8a\x99\0" "odsold;\0\xe2\xa6\xbc\0" "oelig;\0\xc5\x93\0"
    "ofcir;\0\xe2\xa6\xbf\0" "ofr;\0\xf0\x9d\x94\xac\0" "ogon;\0\xcb\x9b\0" "ograve\0\xc3\xb2\0"
    "ograve;\0\xc3\xb2\0" "ogt;\0\xe2\xa7\x81\0" "ohbar;\0\xe2\xa6\xb5\0" "ohm;\0\xce\xa9\0"
    "oint;\0\xe2\x88\xae\0" "olarr;\0\xe2\x86\xba\0" "olcir;\0\xe2\xa6\xbe\0"
    "olcross;\0\xe2\xa6\xbb\0" "oline;\0\xe2\x80\xbe\0" "olt;\0\xe2\xa7\x80\0" "omacr;\0\xc5\x8d\0"
    "omega;\0\xcf\x89\0" "omicron;\0\xce\xbf\0" "omid;\0\xe2\xa6\xb6\0" "ominus;\0\xe2\x8a\x96\0"
    "oopf;\0\xf0\x9d\x95\xa0\0" "opar;\0\xe2\xa6\xb7\0" "operp;\0\xe2\xa6\xb9\0"
    "oplus;\0\xe2\x8a\x95\0" "or;\0\xe2\x88\xa8\0" "orarr;\0\xe2\x86\xbb\0" "ord;\0\xe2\xa9\x9d\0"
    "order;\0\xe2\x84\xb4\0" "orderof;\0\xe2\x84\xb4\0" "ordf\0\xc2\xaa\0" "ordf;\0\xc2\xaa\0"
    "ordm\0\xc2\xba\0" "ordm;\0\xc2\xba\0" "origof;\0\xe2\x8a\xb6\0" "oror;\0\xe2\xa9\x96\0"
    "orslope;\0\xe2\xa9\x97\0" "orv;\0\xe2\xa9\x9b\0" "oscr;\0\xe2\x84\xb4\0" "oslash\0\xc3\xb8\0"
    "oslash;\0\xc3\xb8\0" "osol;\0\xe2\x8a\x98\0" "otilde\0\xc3\xb5\0" "otilde;\0\xc3\xb5\0"
    "otimes;\0\xe2\x8a\x97\0" "otimesas;\0\xe2\xa8\xb6\0" "ouml\0\xc3\xb6\0" "ouml;\0\xc3\xb6\0"
    "ovbar;\0\xe2\x8c\xbd\0" "par;\0\xe2\x88\xa5\0" "para\0\xc2\xb6\0" "para;\0\xc2\xb6\0"
    "parallel;\0\xe2\x88\xa5\0" "parsim;\0\xe2\xab\xb3\0" "parsl;\0\xe2\xab\xbd\0"
    "part;\0\xe2\x88\x82\0" "pcy;\0\xd0\xbf\0" "percnt;\0\x25\0" "period;\0\x2e\0"
    "permil;\0\xe2\x80\xb0\0" "perp;\0\xe2\x8a\xa5\0" "pertenk;\0\xe2\x80\xb1\0"
    "pfr;\0\xf0\x9d\x94\xad\0" "phi;\0\xcf\x86\0" "phiv;\0\xcf\x95\0" "phmmat;\0\xe2\x84\xb3\0"
    "phone;\0\xe2\x98\x8e\0" "pi;\0\xcf\x80\0" "pitchfork;\0\xe2\x8b\x94\0" "piv;\0\xcf\x96\0"
    "planck;\0\xe2\x84\x8f\0" "planckh;\0\xe2\x84\x8e\0" "plankv;\0\xe2\x84\x8f\0" "plus;\0\x2b\0"
    "plusacir;\0\xe2\xa8\xa3\0" "plusb;\0\xe2\x8a\x9e\0" "pluscir;\0\xe2\xa8\xa2\0"
    "plusdo;\0\xe2\x88\x94\0" "plusdu;\0\xe2\xa8\xa5\0" "pluse;\0\xe2\xa9\xb2\0"
    "plusmn\0\xc2\xb1\0" "plusmn;\0\xc2\xb1\0" "plussim;\0\xe2\xa8\xa6\0"
    "plustwo;\0\xe2\xa8\xa7\0" "pm;\0\xc2\xb1\0" "pointint;\0\xe2\xa8\x95\0"
    "popf;\0\xf0\x9d\x95\xa1\0" "pound\0\xc2\xa3\0" "pound;\0\xc2\xa3\0" "pr;\0\xe2\x89\xba\0"
    "prE;\0\xe2\xaa\xb3\0" "prap;\0\xe2\xaa\xb7\0" "prcue;\0\xe2\x89\xbc\0" "pre;\0\xe2\xaa\xaf\0"
    "prec;\0\xe2\x89\xba\0" "precapprox;\0\xe2\xaa\xb7\0" "preccurlyeq;\0\xe2\x89\xbc\0"
    "preceq;\0\xe2\xaa\xaf\0" "precnapprox;\0\xe2\xaa\xb9\0" "precneqq;\0\xe2\xaa\xb5\0"
    "precnsim;\0\xe2\x8b\xa8\0" "precsim;\0\xe2\x89\xbe\0" "prime;\0\xe2\x80\xb2\0"
    "primes;\0\xe2\x84\x99\0" "prnE;\0\xe2\xaa\xb5\0" "prnap;\0\xe2\xaa\xb9\0"
    "prnsim;\0\xe2\x8b\xa8\0" "prod;\0\xe2\x88\x8f\0" "profalar;\0\xe2\x8c\xae\0"
    "profline;\0\xe2\x8c\x92\0" "profsurf;\0\xe2\x8c\x93\0" "prop;\0\xe2\x88\x9d\0"
    "propto;\0\xe2\x88\x9d\0" "prsim;\0\xe2\x89\xbe\0" "prurel;\0\xe2\x8a\xb0\0"
    "pscr;\0\xf0\x9d\x93\x85\0" "psi;\0\xcf\x88\0" "puncsp;\0\xe2\x80\x88\0"
    "qfr;\0\xf0\x9d\x94\xae\0" "qint;\0\xe2\xa8\x8c\0" "qopf;\0\xf0\x9d\x95\xa2\0"
    "qprime;\0\xe2\x81\x97\0" "qscr;\0\xf0\x9d\x93\x86\0" "quaternions;\0\xe2\x84\x8d\0"
    "quatint;\0\xe2\xa8\x96\0" "quest;\0\x3f\0" "questeq;\0\xe2\x89\x9f\0" "quot\0\x22\0"
    "quot;\0\x22\0" "rAarr;\0\xe2\x87\x9b\0" "rArr;\0\xe2\x87\x92\0" "rAtail;\0\xe2\xa4\x9c\0"
    "rBarr;\0\xe2\xa4\x8f\0" "rHar;\0\xe2\xa5\xa4\0" "race;\0\xe2\x88\xbd\xcc\xb1\0"
    "racute;\0\xc5\x95\0" "radic;\0\xe2\x88\x9a\0" "raemptyv;\0\xe2\xa6\xb3\0"
    "rang;\0\xe2\x9f\xa9\0" "rangd;\0\xe2\xa6\x92\0" "range;\0\xe2\xa6\xa5\0"
    "rangle;\0\xe2\x9f\xa9\0" "raquo\0\xc2\xbb\0" "raquo;\0\xc2\xbb\0" "rarr;\0\xe2\x86\x92\0"
    "rarrap;\0\xe2\xa5\xb5\0" "rarrb;\0\xe2\x87\xa5\0" "rarrbfs;\0\xe2\xa4\xa0\0"
    "rarrc;\0\xe2\xa4\xb3\0" "rarrfs;\0\xe2\xa4\x9e\0" "rarrhk;\0\xe2\x86\xaa\0"
    "rarrlp;\0\xe2\x86\xac\0" "rarrpl;\0\xe2\xa5\x85\0" "rarrsim;\0\xe2\xa5\xb4\0"
    "rarrtl;\0\xe2\x86\xa3\0" "rarrw;\0\xe2\x86\x9d\0" "ratail;\0\xe2\xa4\x9a\0"
    "ratio;\0\xe2\x88\xb6\0" "rationals;\0\xe2\x84\x9a\0" "rbarr;\0\xe2\xa4\x8d\0"
    "rbbrk;\0\xe2\x9d\xb3\0" "rbrace;\0\x7d\0" "rbrack;\0\x5d\0" "rbrke;\0\xe2\xa6\x8c\0"
    "rbrksld;\0\xe2\xa6\x8e\0" "rbrkslu;\0\xe2\xa6\x90\0" "rcaron;\0\xc5\x99\0"
    "rcedil;\0\xc5\x97\0" "rceil;\0\xe2\x8c\x89\0" "rcub;\0\x7d\0" "rcy;\0\xd1\x80\0"
    "rdca;\0\xe2\xa4\xb7\0" "rdldhar;\0\xe2\xa5\xa9\0" "rdquo;\0\xe2\x80\x9d\0"
    "rdquor;\0\xe2\x80\x9d\0" "rdsh;\0\xe2\x86\xb3\0" "real;\0\xe2\x84\x9c\0"
    "realine;\0\xe2\x84\x9b\0" "realpart;\0\xe2\x84\x9c\0" "reals;\0\xe2\x84\x9d\0"
    "rect;\0\xe2\x96\xad\0" "reg\0\xc2\xae\0" "reg;\0\xc2\xae\0" "rfisht;\0\xe2\xa5\xbd\0"
    "rfloor;\0\xe2\x8c\x8b\0" "rfr;\0\xf0\x9d\x94\xaf\0" "rhard;\0\xe2\x87\x81\0"
    "rharu;\0\xe2\x87\x80\0" "rharul;\0\xe2\xa5\xac\0" "rho;\0\xcf\x81\0" "rhov;\0\xcf\xb1\0"
    "rightarrow;\0\xe2\x86\x92\0" "rightarrowtail;\0\xe2\x86\xa3\0"
    "rightharpoondown;\0\xe2\x87\x81\0" "rightharpoonup;\0\xe2\x87\x80\0"
    "rightleftarrows;\0\xe2\x87\x84\0" "rightleftharpoons;\0\xe2\x87\x8c\0"
    "rightrightarrows;\0\xe2\x87\x89\0" "rightsquigarrow;\0\xe2\x86\x9d\0"
    "rightthreetimes;\0\xe2\x8b\x8c\0" "ring;\0\xcb\x9a\0" "risingdotseq;\0\xe2\x89\x93\0"
    "rlarr;\0\xe2\x87\x84\0" "rlhar;\0\xe2\x87\x8c\0" "rlm;\0\xe2\x80\x8f\0"
    "rmoust;\0\xe2\x8e\xb1\0" "rmoustache;\0\xe2\x8e\xb1\0" "rnmid;\0\xe2\xab\xae\0"
    "roang;\0\xe2\x9f\xad\0" "roarr;\0\xe2\x87\xbe\0" "robrk;\0\xe2\x9f\xa7\0"
    "ropar;\0\xe2\xa6\x86\0" "ropf;\0\xf0\x9d\x95\xa3\0" "roplus;\0\xe2\xa8\xae\0"
    "rotimes;\0\xe2\xa8\xb5\0" "rpar;\0\x29\0" "rpargt;\0\xe2\xa6\x94\0"
    "rppolint;\0\xe2\xa8\x92\0" "rrarr;\0\xe2\x87\x89\0" "rsaquo;\0\xe2\x80\xba\0"
    "rscr;\0\xf0\x9d\x93\x87\0" "rsh;\0\xe2\x86\xb1\0" "rsqb;\0\x5d\0" "rsquo;\0\xe2\x80\x99\0"
    "rsquor;\0\xe2\x80\x99\0" "rthree;\0\xe2\x8b\x8c\0" "rtimes;\0\xe2\x8b\x8a\0"
    "rtri;\0\xe2\x96\xb9\0" "rtrie;\0\xe2\x8a\xb5\0" "rtrif;\0\xe2\x96\xb8\0"
    "rtriltri;\0\xe2\xa7\x8e\0" "ruluhar;\0\xe2\xa5\xa8\0" "rx;\0\xe2\x84\x9e\0"
    "sacute;\0\xc5\x9b\0" "sbquo;\0\xe2\x80\x9a\0" "sc;\0\xe2\x89\xbb\0" "scE;\0\xe2\xaa\xb4\0"
    "scap;\0\xe2\xaa\xb8\0" "scaron;\0\xc5\xa1\0" "sccue;\0\xe2\x89\xbd\0" "sce;\0\xe2\xaa\xb0\0"
    "scedil;\0\xc5\x9f\0" "scirc;\0\xc5\x9d\0" "scnE;\0\xe2\xaa\xb6\0" "scnap;\0\xe2\xaa\xba\0"
    "scnsim;\0\xe2\x8b\xa9\0" "scpolint;\0\xe2\xa8\x93\0" "scsim;\0\xe2\x89\xbf\0"
    "scy;\0\xd1\x81\0" "sdot;\0\xe2\x8b\x85\0" "sdotb;\0\xe2\x8a\xa1\0" "sdote;\0\xe2\xa9\xa6\0"
    "seArr;\0\xe2\x87\x98\0" "searhk;\0\xe2\xa4\xa5\0" "searr;\0\xe2\x86\x98\0"
    "searrow;\0\xe2\x86\x98\0" "sect\0\xc2\xa7\0" "sect;\0\xc2\xa7\0" "semi;\0\x3b\0"
    "seswar;\0\xe2\xa4\xa9\0" "setminus;\0\xe2\x88\x96\0" "setmn;\0\xe2\x88\x96\0"
    "sext;\0\xe2\x9c\xb6\0" "sfr;\0\xf0\x9d\x94\xb0\0" "sfrown;\0\xe2\x8c\xa2\0"
    "sharp;\0\xe2\x99\xaf\0" "shchcy;\0\xd1\x89\0" "shcy;\0\xd1\x88\0" "shortmid;\0\xe2\x88\xa3\0"
    "shortparallel;\0\xe2\x88\xa5\0" "shy\0\xc2\xad\0" "shy;\0\xc2\xad\0" "sigma;\0\xcf\x83\0"
    "sigmaf;\0\xcf\x82\0" "sigmav;\0\xcf\x82\0" "sim;\0\xe2\x88\xbc\0" "simdot;\0\xe2\xa9\xaa\0"
    "sime;\0\xe2\x89\x83\0" "simeq;\0\xe2\x89\x83\0" "simg;\0\xe2\xaa\x9e\0"
    "simgE;\0\xe2\xaa\xa0\0" "siml;\0\xe2\xaa\x9d\0" "simlE;\0\xe2\xaa\x9f\0"
    "simne;\0\xe2\x89\x86\0" "simplus;\0\xe2\xa8\xa4\0" "simrarr;\0\xe2\xa5\xb2\0"
    "slarr;\0\xe2\x86\x90\0" "smallsetminus;\0\xe2\x88\x96\0" "smashp;\0\xe2\xa8\xb3\0"
    "smeparsl;\0\xe2\xa7\xa4\0" "smid;\0\xe2\x88\xa3\0" "smile;\0\xe2\x8c\xa3\0"
    "smt;\0\xe2\xaa\xaa\0" "smte;\0\xe2\xaa\xac\0" "smtes;\0\xe2\xaa\xac\xef\xb8\x80\0"
    "softcy;\0\xd1\x8c\0" "sol;\0\x2f\0" "solb;\0\xe2\xa7\x84\0" "solbar;\0\xe2\x8c\xbf\0"
    "sopf;\0\xf0\x9d\x95\xa4\0" "spades;\0\xe2\x99\xa0\0" "spadesuit;\0\xe2\x99\xa0\0"
    "spar;\0\xe2\x88\xa5\0" "sqcap;\0\xe2\x8a\x93\0" "sqcaps;\0\xe2\x8a\x93\xef\xb8\x80\0"
    "sqcup;\0\xe2\x8a\x94\0" "sqcups;\0\xe2\x8a\x94\xef\xb8\x80\0" "sqsub;\0\xe2\x8a\x8f\0"
    "sqsube;\0\xe2\x8a\x91\0" "sqsubset;\0\xe2\x8a\x8f\0" "sqsubseteq;\0\xe2\x8a\x91\0"
    "sqsup;\0\xe2\x8a\x90\0" "sqsupe;\0\xe2\x8a\x92\0" "sqsupset;\0\xe2\x8a\x90\0"
    "sqsupseteq;\0\xe2\x8a\x92\0" "squ;\0\xe2\x96\xa1\0" "square;\0\xe2\x96\xa1\0"
    "squarf;\0\xe2\x96\xaa\0" "squf;\0\xe2\x96\xaa\0" "srarr;\0\xe2\x86\x92\0"
    "sscr;\0\xf0\x9d\x93\x88\0" "ssetmn;\0\xe2\x88\x96\0" "ssmile;\0\xe2\x8c\xa3\0"
    "sstarf;\0\xe2\x8b\x86\0" "star;\0\xe2\x98\x86\0" "starf;\0\xe2\x98\x85\0"
    "straightepsilon;\0\xcf\xb5\0" "straightphi;\0\xcf\x95\0" "strns;\0\xc2\xaf\0"
    "sub;\0\xe2\x8a\x82\0" "subE;\0\xe2\xab\x85\0" "subdot;\0\xe2\xaa\xbd\0"
    "sube;\0\xe2\x8a\x86\0" "subedot;\0\xe2\xab\x83\0" "submult;\0\xe2\xab\x81\0"
    "subnE;\0\xe2\xab\x8b\0" "subne;\0\xe2\x8a\x8a\0" "subplus;\0\xe2\xaa\xbf\0"
    "subrarr;\0\xe2\xa5\xb9\0" "subset;\0\xe2\x8a\x82\0" "subseteq;\0\xe2\x8a\x86\0"
    "subseteqq;\0\xe2\xab\x85\0" "subsetneq;\0\xe2\x8a\x8a\0" "subsetneqq;\0\xe2\xab\x8b\0"
    "subsim;\0\xe2\xab\x87\0" "subsub;\0\xe2\xab\x95\0" "subsup;\0\xe2\xab\x93\0"
    "succ;\0\xe2\x89\xbb\0" "succapprox;\0\xe2\xaa\xb8\0" "succcurlyeq;\0\xe2\x89\xbd\0"
    "succeq;\0\xe2\xaa\xb0\0" "succnapprox;\0\xe2\xaa\xba\0" "succneqq;\0\xe2\xaa\xb6\0"
    "succnsim;\0\xe2\x8b\xa9\0" "succsim;\0\xe2\x89\xbf\0" "sum;\0\xe2\x88\x91\0"
    "sung;\0\xe2\x99\xaa\0" "sup1\0\xc2\xb9\0" "sup1;\0\xc2\xb9\0" "sup2\0\xc2\xb2\0"
    "sup2;\0\xc2\xb2\0" "sup3\0\xc2\xb3\0" "sup3;\0\xc2\xb3\0" "sup;\0\xe2\x8a\x83\0"
    "supE;\0\xe2\xab\x86\0" "supdot;\0\xe2\xaa\xbe\0" "supdsub;\0\xe2\xab\x98\0"
    "supe;\0\xe2\x8a\x87\0" "supedot;\0\xe2\xab\x84\0" "suphsol;\0\xe2\x9f\x89\0"
    "suphsub;\0\xe2\xab\x97\0" "suplarr;\0\xe2\xa5\xbb\0" "supmult;\0\xe2\xab\x82\0"
    "supnE;\0\xe2\xab\x8c\0" "supne;\0\xe2\x8a\x8b\0" "supplus;\0\xe2\xab\x80\0"
    "supset;\0\xe2\x8a\x83\0" "supseteq;\0\xe2\x8a\x87\0" "supseteqq;\0\xe2\xab\x86\0"
    "supsetneq;\0\xe2\x8a\x8b\0" "supsetneqq;\0\xe2\xab\x8c\0" "supsim;\0\xe2\xab\x88\0"
    "supsub;\0\xe2\xab\x94\0" "supsup;\0\xe2\xab\x96\0" "swArr;\0\xe2\x87\x99\0"
    "swarhk;\0\xe2\xa4\xa6\0" "swarr;\0\xe2\x86\x99\0" "swarrow;\0\xe2\x86\x99\0"
    "swnwar;\0\xe2\xa4\xaa\0" "szlig\0\xc3\x9f\0" "szlig;\0\xc3\x9f\0" "target;\0\xe2\x8c\x96\0"
    "tau;\0\xcf\x84\0" "tbrk;\0\xe2\x8e\xb4\0" "tcaron;\0\xc5\xa5\0" "tcedil;\0\xc5\xa3\0"
    "tcy;\0\xd1\x82\0" "tdot;\0\xe2\x83\x9b\0" "telrec;\0\xe2\x8c\x95\0" "tfr;\0\xf0\x9d\x94\xb1\0"
    "there4;\0\xe2\x88\xb4\0" "therefore;\0\xe2\x88\xb4\0" "theta;\0\xce\xb8\0"
    "thetasym;\0\xcf\x91\0" "thetav;\0\xcf\x91\0" "thickapprox;\0\xe2\x89\x88\0"
    "thicksim;\0\xe2\x88\xbc\0" "thinsp;\0\xe2\x80\x89\0" "thkap;\0\xe2\x89\x88\0"
    "thksim;\0\xe2\x88\xbc\0" "thorn\0\xc3\xbe\0" "thorn;\0\xc3\xbe\0" "tilde;\0\xcb\x9c\0"
    "times\0\xc3\x97\0" "times;\0\xc3\x97\0" "timesb;\0\xe2\x8a\xa0\0" "timesbar;\0\xe2\xa8\xb1\0"
    "timesd;\0\xe2\xa8\xb0\0" "tint;\0\xe2\x88\xad\0" "toea;\0\xe2\xa4\xa8\0"
    "top;\0\xe2\x8a\xa4\0" "topbot;\0\xe2\x8c\xb6\0" "topcir;\0\xe2\xab\xb1\0"
    "topf;\0\xf0\x9d\x95\xa5\0" "topfork;\0\xe2\xab\x9a\0" "tosa;\0\xe2\xa4\xa9\0"
    "tprime;\0\xe2\x80\xb4\0" "trade;\0\xe2\x84\xa2\0" "triangle;\0\xe2\x96\xb5\0"
    "triangledown;\0\xe2\x96\xbf\0" "triangleleft;\0\xe2\x97\x83\0"
    "trianglelefteq;\0\xe2\x8a\xb4\0" "triangleq;\0\xe2\x89\x9c\0" "triangleright;\0\xe2\x96\xb9\0"
    "trianglerighteq;\0\xe2\x8a\xb5\0" "tridot;\0\xe2\x97\xac\0" "trie;\0\xe2\x89\x9c\0"
    "triminus;\0\xe2\xa8\xba\0" "triplus;\0\xe2\xa8\xb9\0" "trisb;\0\xe2\xa7\x8d\0"
    "tritime;\0\xe2\xa8\xbb\0" "trpezium;\0\xe2\x8f\xa2\0" "tscr;\0\xf0\x9d\x93\x89\0"
    "tscy;\0\xd1\x86\0" "tshcy;\0\xd1\x9b\0" "tstrok;\0\xc5\xa7\0" "twixt;\0\xe2\x89\xac\0"
    "twoheadleftarrow;\0\xe2\x86\x9e\0" "twoheadrightarrow;\0\xe2\x86\xa0\0"
    "uArr;\0\xe2\x87\x91\0" "uHar;\0\xe2\xa5\xa3\0" "uacute\0\xc3\xba\0" "uacute;\0\xc3\xba\0"
    "uarr;\0\xe2\x86\x91\0" "ubrcy;\0\xd1\x9e\0" "ubreve;\0\xc5\xad\0" "ucirc\0\xc3\xbb\0"
    "ucirc;\0\xc3\xbb\0" "ucy;\0\xd1\x83\0" "udarr;\0\xe2\x87\x85\0" "udblac;\0\xc5\xb1\0"
    "udhar;\0\xe2\xa5\xae\0" "ufisht;\0\xe2\xa5\xbe\0" "ufr;\0\xf0\x9d\x94\xb2\0"
    "ugrave\0\xc3\xb9\0" "ugrave;\0\xc3\xb9\0" "uharl;\0\xe2\x86\xbf\0" "uharr;\0\xe2\x86\xbe\0"
    "uhblk;\0\xe2\x96\x80\0" "ulcorn;\0\xe2\x8c\x9c\0" "ulcorner;\0\xe2\x8c\x9c\0"
    "ulcrop;\0\xe2\x8c\x8f\0" "ultri;\0\xe2\x97\xb8\0" "umacr;\0\xc5\xab\0" "uml\0\xc2\xa8\0"
    "uml;\0\xc2\xa8\0" "uogon;\0\xc5\xb3\0" "uopf;\0\xf0\x9d\x95\xa6\0" "uparrow;\0\xe2\x86\x91\0"
    "updownarrow;\0\xe2\x86\x95\0" "upharpoonleft;\0\xe2\x86\xbf\0"
    "upharpoonright;\0\xe2\x86\xbe\0" "uplus;\0\xe2\x8a\x8e\0" "upsi;\0\xcf\x85\0"
    "upsih;\0\xcf\x92\0" "upsilon;\0\xcf\x85\0" "upuparrows;\0\xe2\x87\x88\0"
    "urcorn;\0\xe2\x8c\x9d\0" "urcorner;\0\xe2\x8c\x9d\0" "urcrop;\0\xe2\x8c\x8e\0"
    "uring;\0\xc5\xaf\0" "urtri;\0\xe2\x97\xb9\0" "uscr;\0\xf0\x9d\x93\x8a\0"
    "utdot;\0\xe2\x8b\xb0\0" "utilde;\0\xc5\xa9\0" "utri;\0\xe2\x96\xb5\0" "utrif;\0\xe2\x96\xb4\0"
    "uuarr;\0\xe2\x87\x88\0" "uuml\0\xc3\xbc\0" "uuml;\0\xc3\xbc\0" "uwangle;\0\xe2\xa6\xa7\0"
    "vArr;\0\xe2\x87\x95\0" "vBar;\0\xe2\xab\xa8\0" "vBarv;\0\xe2\xab\xa9\0"
    "vDash;\0\xe2\x8a\xa8\0" "vangrt;\0\xe2\xa6\x9c\0" "varepsilon;\0\xcf\xb5\0"
    "varkappa;\0\xcf\xb0\0" "varnothing;\0\xe2\x88\x85\0" "varphi;\0\xcf\x95\0"
    "varpi;\0\xcf\x96\0" "varpropto;\0\xe2\x88\x9d\0" "varr;\0\xe2\x86\x95\0" "varrho;\0\xcf\xb1\0"
    "varsigma;\0\xcf\x82\0" "varsubsetneq;\0\xe2\x8a\x8a\xef\xb8\x80\0"
    "varsubsetneqq;\0\xe2\xab\x8b\xef\xb8\x80\0" "varsupsetneq;\0\xe2\x8a\x8b\xef\xb8\x80\0"
    "varsupsetneqq;\0\xe2\xab\x8c\xef\xb8\x80\0" "vartheta;\0\xcf\x91\0"
    "vartriangleleft;\0\xe2\x8a\xb2\0" "vartriangleright;\0\xe2\x8a\xb3\0" "vcy;\0\xd0\xb2\0"
    "vdash;\0\xe2\x8a\xa2\0" "vee;\0\xe2\x88\xa8\0" "veebar;\0\xe2\x8a\xbb\0"
    "veeeq;\0\xe2\x89\x9a\0" "vellip;\0\xe2\x8b\xae\0" "verbar;\0\x7c\0" "vert;\0\x7c\0"
    "vfr;\0\xf0\x9d\x94\xb3\0" "vltri;\0\xe2\x8a\xb2\0" "vnsub;\0\xe2\x8a\x82\xe2\x83\x92\0"
    "vnsup;\0\xe2\x8a\x83\xe2\x83\x92\0" "vopf;\0\xf0\x9d\x95\xa7\0" "vprop;\0\xe2\x88\x9d\0"
    "vrtri;\0\xe2\x8a\xb3\0" "vscr;\0\xf0\x9d\x93\x8b\0" "vsubnE;\0\xe2\xab\x8b\xef\xb8\x80\0"
    "vsubne;\0\xe2\x8a\x8a\xef\xb8\x80\0" "vsupnE;\0\xe2\xab\x8c\xef\xb8\x80\0"
    "vsupne;\0\xe2\x8a\x8b\xef\xb8\x80\0" "vzigzag;\0\xe2\xa6\x9a\0" "wcirc;\0\xc5\xb5\0"
    "wedbar;\0\xe2\xa9\x9f\0" "wedge;\0\xe2\x88\xa7\0" "wedgeq;\0\xe2\x89\x99\0"
    "weierp;\0\xe2\x84\x98\0" "wfr;\0\xf0\x9d\x94\xb4\0" "wopf;\0\xf0\x9d\x95\xa8\0"
    "wp;\0\xe2\x84\x98\0" "wr;\0\xe2\x89\x80\0" "wreath;\0\xe2\x89\x80\0"
    "wscr;\0\xf0\x9d\x93\x8c\0" "xcap;\0\xe2\x8b\x82\0" "xcirc;\0\xe2\x97\xaf\0"
    "xcup;\0\xe2\x8b\x83\0" "xdtri;\0\xe2\x96\xbd\0" "xfr;\0\xf0\x9d\x94\xb5\0"
    "xhArr;\0\xe2\x9f\xba\0" "xharr;\0\xe2\x9f\xb7\0" "xi;\0\xce\xbe\0" "xlArr;\0\xe2\x9f\xb8\0"
    "xlarr;\0\xe2\x9f\xb5\0" "xmap;\0\xe2\x9f\xbc\0" "xnis;\0\xe2\x8b\xbb\0"
    "xodot;\0\xe2\xa8\x80\0" "xopf;\0\xf0\x9d\x95\xa9\0" "xoplus;\0\xe2\xa8\x81\0"
    "xotime;\0\xe2\xa8\x82\0" "xrArr;\0\xe2\x9f\xb9\0" "xrarr;\0\xe2\x9f\xb6\0"
    "xscr;\0\xf0\x9d\x93\x8d\0" "xsqcup;\0\xe2\xa8\x86\0" "xuplus;\0\xe2\xa8\x84\0"
    "xutri;\0\xe2\x96\xb3\0" "xvee;\0\xe2\x8b\x81\0" "xwedge;\0\xe2\x8b\x80\0" "yacute\0\xc3\xbd\0"
    "yacute;\0\xc3\xbd\0" "yacy;\0\xd1\x8f\0" "ycirc;\0\xc5\xb7\0" "ycy;\0\xd1\x8b\0"
    "yen\0\xc2\xa5\0" "yen;\0\xc2\xa5\0" "yfr;\0\xf0\x9d\x94\xb6\0" "yicy;\0\xd1\x97\0"
    "yopf;\0\xf0\x9d\x95\xaa\0" "yscr;\0\xf0\x9d\x93\x8e\0" "yucy;\0\xd1\x8e\0" "yuml\0\xc3\xbf\0"
    "yuml;\0\xc3\xbf\0" "zacute;\0\xc5\xba\0" "zcaron;\0\xc5\xbe\0" "zcy;\0\xd0\xb7\0"
    "zdot;\0\xc5\xbc\0" "zeetrf;\0\xe2\x84\xa8\0" "zeta;\0\xce\xb6\0" "zfr;\0\xf0\x9d\x94\xb7\0"
    "zhcy;\0\xd0\xb6\0" "zigrarr;\0\xe2\x87\x9d\0" "zopf;\0\xf0\x9d\x95\xab\0"
    "zscr;\0\xf0\x9d\x93\x8f\0" "zwj;\0\xe2\x80\x8d\0" "zwnj;\0\xe2\x80\x8c\0";

static const uint16_t entity_offsets[] = {
    0, 9, 19, 25, 32, 42, 53, 64, 73, 83, 91, 101, 111, 122, 132, 142, 151, 161, 172, 191, 200, 210,
    221, 233, 243, 254, 262, 271, 286, 296, 308, 316, 329, 345, 354, 364, 375, 385, 395, 407, 416,
    424, 433, 444, 453, 479, 492, 503, 513, 524, 534, 547, 556, 568, 582, 591, 599, 614, 631, 647,
    664, 694, 721, 742, 753, 765, 780, 792, 813, 823, 838, 875, 886, 897, 906, 918, 926, 940, 949,
    958, 967, 979, 989, 1000, 1011, 1019, 1028, 1038, 1048, 1069, 1088, 1115, 1135, 1156, 1169,
    1188, 1199, 1207, 1219, 1233, 1260, 1274, 1295, 1316, 1342, 1361, 1386, 1416, 1442, 1464, 1484,
    1503, 1526, 1549, 1564, 1582, 1604, 1618, 1643, 1666, 1686, 1709, 1733, 1754, 1778, 1791, 1809,
    1824, 1835, 1846, 1854, 1861, 1869, 1879, 1890, 1901, 1910, 1920, 1928, 1937, 1947, 1957, 1968,
    1981, 1991, 2013, 2039, 2049, 2060, 2072, 2083, 2099, 2116, 2126, 2136, 2144, 2152, 2161, 2173,
    2191, 2199, 2209, 2232, 2259, 2270, 2282, 2298, 2308, 2317, 2322, 2328, 2338, 2349, 2360, 2371,
    2381, 2389, 2398, 2408, 2416, 2427, 2445, 2467, 2489, 2509, 2526, 2549, 2567, 2578, 2586, 2597,
    2607, 2614, 2624, 2633, 2651, 2661, 2681, 2691, 2702, 2720, 2735, 2744, 2754, 2763, 2773, 2784,
    2793, 2803, 2811, 2820, 2829, 2839, 2850, 2858, 2868, 2884, 2897, 2906, 2920, 2938, 2958, 2978,
    2988, 2999, 3008, 3018, 3029, 3039, 3047, 3056, 3066, 3074, 3084, 3095, 3106, 3117, 3127, 3136,
    3145, 3155, 3166, 3174, 3184, 3195, 3206, 3215, 3220, 3226, 3237, 3248, 3258, 3274, 3284, 3295,
    3306, 3314, 3336, 3351, 3369, 3394, 3411, 3434, 3457, 3477, 3500, 3515, 3535, 3556, 3569, 3587,
    3606, 3624, 3645, 3668, 3690, 3711, 3729, 3750, 3766, 3785, 3800, 3820, 3842, 3861, 3878, 3892,
    3912, 3927, 3937, 3945, 3961, 3972, 3991, 4015, 4035, 4054, 4078, 4098, 4109, 4129, 4150, 4160,
    4169, 4180, 4188, 4197, 4205, 4222, 4237, 4247, 4262, 4273, 4283, 4290, 4299, 4310, 4321, 4332,
    4340, 4365, 4389, 4412, 4439, 4465, 4485, 4496, 4506, 4519, 4540, 4550, 4559, 4577, 4592, 4618,
    4634, 4648, 4669, 4684, 4700, 4721, 4748, 4773, 4793, 4821, 4842, 4865, 4885, 4906, 4932, 4958,
    4971, 4989, 5009, 5028, 5053, 5071, 5102, 5127, 5144, 5168, 5195, 5218, 5240, 5267, 5294, 5317,
    5343, 5368, 5396, 5414, 5434, 5451, 5475, 5502, 5526, 5546, 5568, 5582, 5601, 5624, 5643, 5663,
    5674, 5684, 5695, 5702, 5712, 5722, 5733, 5742, 5752, 5760, 5771, 5781, 5791, 5802, 5812, 5822,
    5834, 5845, 5871, 5891, 5899, 5910, 5920, 5931, 5941, 5952, 5964, 5972, 5981, 5994, 6009, 6026,
    6047, 6061, 6069, 6079, 6087, 6094, 6108, 6127, 6137, 6145, 6159, 6178, 6202, 6221, 6232, 6245,
    6261, 6279, 6290, 6298, 6305, 6313, 6323, 6333, 6344, 6355, 6362, 6370, 6381, 6391, 6401, 6413,
    6424, 6435, 6443, 6451, 6471, 6495, 6521, 6530, 6538, 6561, 6577, 6596, 6621, 6639, 6663, 6687,
    6708, 6732, 6748, 6762, 6781, 6801, 6820, 6842, 6866, 6889, 6911, 6930, 6952, 6969, 6989, 7005,
    7015, 7033, 7050, 7060, 7069, 7086, 7097, 7106, 7117, 7128, 7136, 7147, 7158, 7168, 7176, 7186,
    7206, 7226, 7247, 7265, 7275, 7292, 7303, 7313, 7325, 7349, 7367, 7390, 7410, 7435, 7452, 7463,
    7473, 7482, 7494, 7511, 7525, 7544, 7568, 7587, 7601, 7610, 7619, 7633, 7652, 7664, 7673, 7683,
    7694, 7704, 7713, 7720, 7728, 7739, 7750, 7758, 7768, 7783, 7793, 7812, 7827, 7838, 7854, 7874,
    7890, 7901, 7916, 7927, 7938, 7948, 7959, 7969, 7983, 7993, 8004, 8013, 8023, 8031, 8042, 8052,
    8062, 8073, 8083, 8095, 8111, 8129, 8151, 8162, 8177, 8187, 8198, 8211, 8227, 8249, 8266, 8285,
    8296, 8312, 8325, 8342, 8362, 8383, 8392, 8404, 8414, 8425, 8436, 8444, 8453, 8464, 8474, 8482,
    8493, 8505, 8514, 8526, 8536, 8553, 8569, 8592, 8611, 8630, 8640, 8651, 8662, 8674, 8684, 8695,
    8705, 8716, 8727, 8737, 8744, 8755, 8766, 8775, 8784, 8793, 8803, 8814, 8824, 8832, 8842, 8853,
    8864, 8873, 8882, 8893, 8904, 8912, 8921, 8941, 8950, 8959, 8969, 8980, 8990, 9001, 9012, 9020,
    9031, 9040, 9049, 9059, 9068, 9078, 9086, 9095, 9105, 9113, 9123, 9133, 9144, 9157, 9168, 9178,
    9188, 9199, 9205, 9212, 9221, 9233, 9243, 9257, 9267, 9276, 9286, 9297, 9309, 9323, 9337, 9351,
    9365, 9379, 9393, 9407, 9421, 9432, 9445, 9459, 9471, 9481, 9494, 9504, 9515, 9523, 9532, 9544,
    9553, 9563, 9571, 9583, 9597, 9606, 9616, 9627, 9634, 9645, 9658, 9668, 9679, 9687, 9696, 9710,
    9721, 9731, 9745, 9761, 9776, 9789, 9804, 9816, 9828, 9842, 9852, 9866, 9877, 9885, 9896, 9908,
    9921, 9934, 9944, 9956, 9965, 9975, 9988, 9998, 10010, 10023, 10035, 10048, 10062, 10077, 10091,
    10104, 10125, 10144, 10158, 10170, 10184, 10196, 10214, 10231, 10250, 10273, 10296, 10320,
    10331, 10342, 10353, 10364, 10375, 10385, 10401, 10411, 10422, 10431, 10443, 10455, 10466,
    10477, 10488, 10499, 10509, 10520, 10531, 10542, 10553, 10564, 10575, 10586, 10597, 10607,
    10618, 10629, 10640, 10651, 10662, 10673, 10685, 10696, 10707, 10718, 10729, 10739, 10750,
    10761, 10772, 10783, 10797, 10810, 10824, 10835, 10846, 10857, 10868, 10878, 10889, 10900,
    10911, 10922, 10933, 10944, 10956, 10966, 10976, 10987, 10998, 11009, 11019, 11030, 11038,
    11049, 11063, 11073, 11085, 11095, 11106, 11117, 11129, 11140, 11149, 11161, 11175, 11187,
    11199, 11211, 11224, 11235, 11245, 11256, 11267, 11277, 11288, 11298, 11309, 11322, 11331,
    11340, 11350, 11363, 11371, 11380, 11394, 11404, 11413, 11424, 11439, 11447, 11456, 11466,
    11475, 11487, 11508, 11530, 11543, 11557, 11573, 11590, 11607, 11617, 11631, 11643, 11656,
    11667, 11681, 11690, 11702, 11715, 11724, 11734, 11744, 11756, 11772, 11787, 11797, 11810,
    11822, 11833, 11845, 11853, 11862, 11874, 11885, 11896, 11907, 11917, 11928, 11938, 11949,
    11960, 11973, 11986, 11997, 12008, 12020, 12033, 12042, 12056, 12068, 12080, 12092, 12103,
    12116, 12128, 12141, 12158, 12175, 12189, 12205, 12215, 12226, 12246, 12267, 12278, 12289,
    12303, 12314, 12326, 12336, 12346, 12358, 12370, 12380, 12390, 12401, 12414, 12424, 12435,
    12443, 12451, 12464, 12475, 12488, 12495, 12503, 12513, 12526, 12538, 12548, 12559, 12570,
    12580, 12593, 12610, 12621, 12629, 12641, 12652, 12660, 12670, 12681, 12700, 12712, 12721,
    12733, 12745, 12755, 12766, 12774, 12785, 12799, 12813, 12826, 12841, 12861, 12876, 12896,
    12917, 12939, 12953, 12965, 12977, 12988, 12997, 13007, 13018, 13029, 13039, 13050, 13061,
    13072, 13085, 13094, 13108, 13119, 13129, 13139, 13150, 13162, 13173, 13183, 13192, 13202,
    13214, 13222, 13231, 13239, 13250, 13260, 13268, 13278, 13289, 13298, 13310, 13318, 13332,
    13341, 13350, 13362, 13372, 13383, 13397, 13409, 13421, 13433, 13443, 13451, 13461, 13471,
    13482, 13492, 13504, 13515, 13524, 13536, 13546, 13558, 13571, 13582, 13598, 13615, 13625,
    13637, 13648, 13661, 13675, 13686, 13697, 13707, 13718, 13728, 13736, 13743, 13751, 13759,
    13768, 13778, 13786, 13797, 13814, 13832, 13851, 13859, 13871, 13883, 13894, 13906, 13916,
    13927, 13937, 13947, 13958, 13969, 13978, 13989, 14001, 14011, 14022, 14036, 14046, 14057,
    14069, 14079, 14090, 14102, 14114, 14126, 14138, 14150, 14160, 14171, 14183, 14195, 14207,
    14219, 14231, 14243, 14254, 14265, 14276, 14284, 14293, 14304, 14314, 14325, 14334, 14345,
    14355, 14363, 14372, 14380, 14389, 14398, 14408, 14422, 14431, 14442, 14454, 14467, 14481,
    14494, 14506, 14516, 14524, 14533, 14544, 14553, 14561, 14570, 14579, 14588, 14597, 14607,
    14621, 14630, 14640, 14651, 14662, 14673, 14682, 14692, 14702, 14713, 14724, 14729, 14735,
    14745, 14756, 14767, 14779, 14792, 14807, 14819, 14831, 14846, 14862, 14875, 14887, 14905,
    14918, 14928, 14940, 14949, 14961, 14972, 14982, 14995, 15006, 15016, 15026, 15038, 15053,
    15065, 15077, 15087, 15101, 15115, 15126, 15138, 15157, 15177, 15188, 15200, 15211, 15223,
    15234, 15246, 15258, 15268, 15279, 15287, 15296, 15306, 15314, 15323, 15332, 15342, 15351,
    15361, 15371, 15382, 15390, 15402, 15413, 15425, 15436, 15446, 15456, 15467, 15481, 15495,
    15505, 15515, 15525, 15533, 15545, 15556, 15570, 15581, 15590, 15602, 15616, 15630, 15644,
    15657, 15666, 15676, 15687, 15696, 15707, 15717, 15728, 15739, 15749, 15760, 15773, 15784,
    15796, 15807, 15815, 15826, 15836, 15844, 15853, 15863, 15871, 15881, 15891, 15902, 15913,
    15924, 15934, 15944, 15955, 15966, 15974, 15984, 15995, 16004, 16013, 16024, 16035, 16046,
    16056, 16068, 16079, 16087, 16096, 16106, 16117, 16131, 16143, 16154, 16164, 16175, 16187,
    16196, 16205, 16215, 16225, 16236, 16249, 16261, 16273, 16285, 16297, 16310, 16322, 16331,
    16343, 16353, 16367, 16378, 16389, 16399, 16409, 16420, 16433, 16446, 16457, 16468, 16479,
    16487, 16495, 16505, 16516, 16528, 16541, 16555, 16565, 16573, 16588, 16607, 16628, 16647,
    16667, 16687, 16708, 16731, 16756, 16776, 16785, 16794, 16804, 16818, 16827, 16838, 16850,
    16863, 16877, 16890, 16902, 16918, 16931, 16946, 16962, 16975, 16988, 17000, 17012, 17022,
    17030, 17039, 17050, 17061, 17073, 17084, 17093, 17101, 17112, 17126, 17138, 17149, 17160,
    17172, 17188, 17197, 17207, 17221, 17230, 17240, 17251, 17262, 17273, 17284, 17295, 17314,
    17338, 17354, 17374, 17393, 17413, 17424, 17435, 17447, 17460, 17472, 17482, 17491, 17504,
    17514, 17522, 17534, 17545, 17559, 17570, 17582, 17591, 17602, 17614, 17625, 17634, 17644,
    17655, 17666, 17674, 17685, 17697, 17708, 17713, 17719, 17729, 17740, 17751, 17763, 17775,
    17787, 17800, 17812, 17822, 17833, 17844, 17858, 17871, 17889, 17902, 17913, 17921, 17930,
    17940, 17950, 17963, 17972, 17984, 18000, 18016, 18030, 18042, 18054, 18062, 18073, 18092,
    18102, 18111, 18120, 18130, 18139, 18149, 18161, 18171, 18182, 18193, 18205, 18217, 18230,
    18240, 18250, 18262, 18274, 18285, 18293, 18304, 18316, 18323, 18337, 18348, 18359, 18371,
    18383, 18399, 18420, 18431, 18443, 18455, 18472, 18484, 18496, 18507, 18518, 18531, 18540,
    18552, 18565, 18575, 18588, 18599, 18612, 18626, 18634, 18643, 18656, 18670, 18680, 18691,
    18702, 18713, 18729, 18739, 18747, 18758, 18766, 18777, 18789, 18800, 18813, 18826, 18838,
    18850, 18863, 18875, 18888, 18898, 18909, 18918, 18928, 18941, 18958, 18970, 18981, 18990,
    19000, 19011, 19022, 19033, 19041, 19050, 19060, 19069, 19078, 19089, 19100, 19111, 19121,
    19130, 19146, 19167, 19177, 19190, 19207, 19219, 19230, 19241, 19250, 19261, 19273, 19283,
    19294, 19301, 19309, 19320, 19334, 19350, 19363, 19376, 19389, 19400, 19413, 19426, 19439,
    19449, 19464, 19479, 19492, 19505, 19514, 19526, 19538, 19549, 19564, 19575, 19586, 19600,
    19614, 19631, 19642, 19654, 19663, 19675, 19687, 19698, 19713, 19733, 19743, 19754, 19766,
    19777, 19788, 19801, 19814, 19824, 19837, 19848, 19864, 19879, 19897, 19908, 19923, 19933,
    19946, 19957, 19973, 19988, 20006, 20016, 20026, 20037, 20047, 20066, 20087, 20107, 20129,
    20136, 20143, 20155, 20166, 20178, 20190, 20203, 20215, 20228, 20239, 20252, 20264, 20277,
    20288, 20304, 20316, 20332, 20346, 20357, 20369, 20380, 20393, 20405, 20413, 20423, 20434,
    20444, 20454, 20463, 20473, 20481, 20492, 20503, 20513, 20523, 20535, 20545, 20556, 20566,
    20575, 20585, 20596, 20605, 20616, 20624, 20634, 20645, 20656, 20669, 20680, 20689, 20699,
    20709, 20721, 20731, 20743, 20754, 20764, 20775, 20786, 20794, 20805, 20814, 20825, 20838,
    20846, 20855, 20863, 20872, 20884, 20894, 20907, 20916, 20926, 20936, 20947, 20957, 20967,
    20978, 20990, 21004, 21012, 21021, 21032, 21041, 21049, 21058, 21072, 21084, 21095, 21105,
    21113, 21123, 21133, 21145, 21155, 21168, 21178, 21186, 21195, 21207, 21218, 21225, 21240,
    21248, 21260, 21273, 21285, 21293, 21307, 21318, 21331, 21343, 21355, 21366, 21376, 21387,
    21400, 21413, 21420, 21434, 21445, 21454, 21464, 21472, 21481, 21491, 21502, 21511, 21521,
    21537, 21554, 21566, 21583, 21597, 21611, 21624, 21635, 21647, 21657, 21668, 21680, 21690,
    21704, 21718, 21732, 21742, 21754, 21765, 21777, 21788, 21796, 21808, 21818, 21828, 21839,
    21851, 21862, 21879, 21892, 21901, 21914, 21921, 21929, 21940, 21950, 21962, 21973, 21983,
    21995, 22006, 22017, 22031, 22041, 22052, 22063, 22075, 22084, 22094, 22104, 22116, 22127,
    22140, 22151, 22163, 22175, 22187, 22199, 22212, 22224, 22235, 22247, 22258, 22273, 22284,
    22295, 22305, 22315, 22326, 22339, 22352, 22363, 22374, 22385, 22393, 22401, 22411, 22424,
    22435, 22447, 22457, 22467, 22480, 22494, 22505, 22515, 22522, 22530, 22542, 22554, 22564,
    22575, 22586, 22598, 22606, 22615, 22631, 22651, 22673, 22693, 22714, 22737, 22759, 22780,
    22801, 22810, 22828, 22839, 22850, 22859, 22871, 22887, 22898, 22909, 22920, 22931, 22942,
    22953, 22965, 22978, 22986, 22998, 23012, 23023, 23035, 23046, 23055, 23063, 23074, 23086,
    23098, 23110, 23120, 23131, 23142, 23156, 23169, 23177, 23188, 23199, 23207, 23216, 23226,
    23237, 23248, 23257, 23268, 23278, 23288, 23299, 23311, 23325, 23336, 23344, 23354, 23365,
    23376, 23387, 23399, 23410, 23423, 23431, 23440, 23448, 23460, 23474, 23485, 23495, 23505,
    23517, 23528, 23539, 23548, 23562, 23581, 23588, 23596, 23606, 23617, 23628, 23637, 23649,
    23659, 23670, 23680, 23691, 23701, 23712, 23723, 23736, 23749, 23760, 23779, 23791, 23805,
    23815, 23826, 23835, 23845, 23859, 23870, 23877, 23887, 23899, 23910, 23922, 23937, 23947,
    23958, 23973, 23984, 23999, 24010, 24022, 24036, 24052, 24063, 24075, 24089, 24105, 24114,
    24126, 24138, 24148, 24159, 24170, 24182, 24194, 24206, 24216, 24227, 24247, 24263, 24273,
    24282, 24292, 24304, 24314, 24327, 24340, 24351, 24362, 24375, 24388, 24400, 24414, 24429,
    24444, 24460, 24472, 24484, 24496, 24506, 24522, 24539, 24551, 24568, 24582, 24596, 24609,
    24618, 24628, 24636, 24645, 24653, 24662, 24670, 24679, 24688, 24698, 24710, 24723, 24733,
    24746, 24759, 24772, 24785, 24798, 24809, 24820, 24833, 24845, 24859, 24874, 24889, 24905,
    24917, 24929, 24941, 24952, 24964, 24975, 24988, 25000, 25009, 25019, 25031, 25039, 25049,
    25060, 25071, 25079, 25089, 25101, 25111, 25123, 25138, 25148, 25161, 25172, 25189, 25203,
    25215, 25226, 25238, 25247, 25257, 25267, 25276, 25286, 25298, 25312, 25324, 25334, 25344,
    25353, 25365, 25377, 25388, 25401, 25411, 25423, 25434, 25448, 25466, 25484, 25504, 25519,
    25538, 25559, 25571, 25581, 25595, 25608, 25619, 25632, 25646, 25657, 25666, 25676, 25687,
    25698, 25720, 25743, 25753, 25763, 25773, 25784, 25794, 25804, 25815, 25824, 25834, 25842,
    25853, 25864, 25875, 25887, 25897, 25907, 25918, 25929, 25940, 25951, 25963, 25977, 25989,
    26000, 26010, 26017, 26025, 26035, 26046, 26059, 26076, 26095, 26115, 26126, 26135, 26145,
    26157, 26173, 26185, 26199, 26211, 26221, 26232, 26243, 26254, 26265, 26275, 26286, 26297,
    26305, 26314, 26327, 26337, 26347, 26358, 26369, 26381, 26396, 26409, 26425, 26436, 26446,
    26461, 26471, 26482, 26495, 26516, 26538, 26559, 26581, 26594, 26615, 26637, 26645, 26656,
    26665, 26677, 26688, 26700, 26710, 26718, 26728, 26739, 26753, 26767, 26778, 26789, 26800,
    26811, 26826, 26841, 26856, 26871, 26884, 26894, 26906, 26917, 26929, 26941, 26951, 26962,
    26970, 26978, 26990, 27001, 27011, 27022, 27032, 27043, 27053, 27064, 27075, 27082, 27093,
    27104, 27114, 27124, 27135, 27146, 27158, 27170, 27181, 27192, 27203, 27215, 27227, 27238,
    27248, 27260, 27270, 27281, 27290, 27300, 27308, 27315, 27323, 27333, 27342, 27353, 27364,
    27373, 27381, 27390, 27401, 27412, 27420, 27429, 27441, 27450, 27460, 27469, 27482, 27493,
    27504, 27513,
};

/* What &#128; and the like mean, as browsers have it. */
static const uint32_t windows_1252[] = {
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039,
    0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc,
    0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
};

